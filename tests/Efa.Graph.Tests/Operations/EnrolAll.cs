using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;

namespace Efa.Graph.Tests.Operations;

internal sealed record EnrolAllInput(IReadOnlyList<string> Names, BatchMode Mode);

/// <summary>A batch: a name longer than ten characters is refused, all others become organisations.</summary>
internal sealed class EnrolAll : Operation<EnrolAllInput>
{
    public const string Secret = "told once";

    public override string Name => "enrolAll";

    public override string Scope => "billing:write";

    public override Task<Outcome> RunAsync(EnrolAllInput input, Work work, CancellationToken cancellationToken)
    {
        RowResult[] rows = [.. input.Names.Select((name, i) => Row(name, i, work))];
        return Task.FromResult(Outcome.Batch(rows, input.Mode) with { Secret = Secret });
    }

    private static RowResult Row(string name, int index, Work work)
    {
        string[] path = ["input", "names", $"{index}"];
        if (name.Length == 0) return RowResult.Refused(index + 1, new StaleVersion(path, 4, ["name", "state"]), new NotFound(path));
        if (name.Length > 10) return RowResult.Refused(index + 1, new Invalid(OperationsRefusals.TooLong, path) { Values = [10] });
        Organisation organisation = Make.Organisation(name);
        work.Context.Add(organisation);
        return RowResult.Done(index + 1, organisation.Id);
    }
}
