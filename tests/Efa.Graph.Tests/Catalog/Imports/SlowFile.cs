using System.Runtime.CompilerServices;
using Efa.Graph.Catalog.Imports;
using Efa.Marketplace.Catalog.Imports;

namespace Efa.Graph.Tests.Catalog.Imports;

/// <summary>The real reader of files, which can be held in the middle of one, or break there.</summary>
internal sealed class SlowFile(OfferRowForm form) : OfferFile
{
    private const int Middle = 1_100;

    private static TaskCompletionSource reached = new();
    private static TaskCompletionSource? held;

    private readonly OfferFiles files = new(form);

    /// <summary>How often reading breaks in the middle from now on.</summary>
    public static int Breaks { get; set; }

    public static void Hold() => (reached, held) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));

    public static Task ReachedAsync() => reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public static void Release()
    {
        held!.SetResult();
        held = null;
    }

    public override async IAsyncEnumerable<FileRow> ReadAsync(Stream file, ImportFormat format, Guid? sellerId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (FileRow row in files.ReadAsync(file, format, sellerId, cancellationToken))
        {
            if (row.Row == Middle)
            {
                reached.TrySetResult();
                if (held is { } waiting) await waiting.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
                if (Breaks > 0)
                {
                    Breaks--;
                    throw new IOException("Broken off by the test.");
                }
            }
            yield return row;
        }
    }
}
