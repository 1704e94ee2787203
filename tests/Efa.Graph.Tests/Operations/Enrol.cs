using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Operations;

/// <param name="Facts">How many facts the call records.</param>
internal sealed record EnrolInput(Guid SellerId, string Name, int Facts = 2);

/// <summary>An operation that uses everything the runner has: it makes a numbered row and an aggregate with facts.</summary>
internal class Enrol : Operation<EnrolInput>
{
    public const string Series = "enrol";

    public override string Name => "enrol";

    public override string Scope => "billing:write";

    /// <summary>How often it ran, attempts included.</summary>
    public int Runs;

    /// <summary>What else happens before it decides; given the attempt.</summary>
    public Func<int, Work, Task>? Meanwhile { get; init; }

    public override IEnumerable<Refusal> Check(EnrolInput input) => InputCheck.Text(input.Name, 20, "input", "name");

    public override async Task<Outcome> RunAsync(EnrolInput input, Work work, CancellationToken cancellationToken)
    {
        int attempt = Interlocked.Increment(ref Runs);
        if (!await work.Context.Set<Organisation>().AnyAsync(o => o.Id == input.SellerId, cancellationToken)) return new NotFound(["input", "sellerId"]);
        if (Meanwhile is not null) await Meanwhile(attempt, work);
        Organisation organisation = Make.Organisation(input.Name);
        var run = new BillingRun { Id = Guid.CreateVersion7(), SellerId = input.SellerId, Year = 2026, StartedAt = work.Now };
        for (int i = 0; i < input.Facts; i++) run.Count(i + 1);
        work.Context.AddRange(organisation, run);
        work.Number(Series, number => organisation.RegisterNumber = number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return Outcome.Done(organisation.Id);
    }
}

/// <summary>Another name with the same rules.</summary>
internal sealed class EnrolAgain : Enrol
{
    public override string Name => "enrolAgain";
}
