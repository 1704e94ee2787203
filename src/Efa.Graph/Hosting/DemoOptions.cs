namespace Efa.Graph.Hosting;

/// <summary>Settings of section <c>Demo</c>: whether an empty store gets the demo market.</summary>
internal sealed class DemoOptions
{
    public const string Section = "Demo";

    /// <summary>What all demo clients prove themselves with.</summary>
    public const string ClientSecret = "demo-secret";

    /// <summary>Where nothing is said, only in Development.</summary>
    public bool? Load { get; set; }

    /// <summary>The demo market is delivered beside the executable.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "samples", "data");
}
