using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>What the supplier can do with an import, by its state.</summary>
public static class OfferImportTransitions
{
    public const string Start = "startOfferImport";
    public const string Apply = "applyOfferImport";
    public const string Cancel = "cancelOfferImport";

    /// <summary>The upload, which is no mutation.</summary>
    public const string Upload = "uploadOfferImport";

    private static readonly IReadOnlyList<(string Step, ImportState From)> All =
    [
        (Upload, ImportState.AwaitingFile),
        (Apply, ImportState.Planned),
        (Cancel, ImportState.AwaitingFile),
        (Cancel, ImportState.Planning),
        (Cancel, ImportState.Planned),
        (Cancel, ImportState.Applying),
    ];

    /// <summary>Null where the state allows the step.</summary>
    public static InvalidState? Against(string step, ImportState state, params IReadOnlyList<string> path)
    {
        if (All.Contains((step, state))) return null;
        string name = ApiName.Of(state);
        return new InvalidState(OperationsRefusals.InvalidState, path, name, [.. All.Where(t => t.From == state && t.Step != Upload).Select(t => t.Step)]) { Values = [name] };
    }
}
