using System.Globalization;

namespace Efa.Graph.Tests;

/// <summary>What tests have counted and measured: a line each in the file that <c>EFA_GRAPH_FIGURES</c> names, if it names one.</summary>
internal static class Figures
{
    private static readonly Lock Writing = new();

    public static void Say(FormattableString line)
    {
        if (Environment.GetEnvironmentVariable("EFA_GRAPH_FIGURES") is not { Length: > 0 } file) return;
        lock (Writing) File.AppendAllLines(file, [line.ToString(CultureInfo.InvariantCulture)]);
    }
}
