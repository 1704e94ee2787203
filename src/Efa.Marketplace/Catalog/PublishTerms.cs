using System.Globalization;
using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog;

/// <summary>A seller or supplier publishes terms. Every offer that names what they supersede asks for them from their first day on.</summary>
public sealed class PublishTerms : Operation<PublishTerms.Input>
{
    public const int MostYearsAhead = 5;

    public sealed record Input(Guid OwnerId, DocumentKind Kind, string Title, string VersionLabel, string Sha256, DateOnly ValidFrom, Guid? SupersedesId);

    public override string Name => "publishTerms";

    public override string Scope => Scopes.OffersWrite;

    public override IEnumerable<Refusal> Check(Input input) =>
    [
        .. InputCheck.Name(input.Title, TermsDocument.TitleLength, "input", "title"),
        .. InputCheck.Name(input.VersionLabel, TermsDocument.VersionLabelLength, "input", "versionLabel"),
    ];

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        string[] path = ["input", "ownerId"];
        if (await work.Context.Organisations().SingleOrDefaultAsync(o => o.Id == input.OwnerId, cancellationToken) is not { } owner) return new NotFound(path);
        if (!work.Caller.ActsFor(owner.Id) || !(owner.Is(OrganisationRole.Seller) || owner.Is(OrganisationRole.Supplier)))
            return new PermissionDenied(OperationsRefusals.PermissionDenied, path, [OrganisationRole.Seller, OrganisationRole.Supplier]);

        TermsDocument? superseded = null;
        if (input.SupersedesId is { } id)
        {
            superseded = await work.Context.Set<TermsDocument>().SingleOrDefaultAsync(t => t.Id == id && t.OwnerId == owner.Id, cancellationToken);
            if (superseded is null) return new NotFound(["input", "supersedesId"]);
        }
        Refusal[] problems = [.. AgainstDay(input.ValidFrom, superseded, work.Today), .. AgainstSuperseded(input, superseded)];
        if (problems.Length > 0) return Outcome.Refused(problems);
        if ((await work.Context.DocumentsToNameAsync(work.Caller, [input.Sha256], cancellationToken)).Count == 0) return new Invalid(CatalogRefusals.DocumentUnknown, ["input", "sha256"]);

        TermsDocument terms = TermsDocument.Publish(input, work.Now);
        work.Context.Add(terms);
        superseded?.SupersedeBy(terms);
        return Outcome.Done(terms.Id);
    }

    // Who orders today accepts what is in force today, so nothing comes into force in the past.
    private static IEnumerable<Refusal> AgainstDay(DateOnly validFrom, TermsDocument? superseded, DateOnly today)
    {
        DateOnly first = superseded is not null && superseded.ValidFrom >= today ? superseded.ValidFrom.AddDays(1) : today;
        DateOnly last = today.AddYears(MostYearsAhead);
        if (validFrom < first || validFrom > last)
            yield return new Invalid(CatalogRefusals.ValidFromOutOfRange, ["input", "validFrom"]) { Values = [Iso(first), Iso(last)] };
    }

    private static IEnumerable<Refusal> AgainstSuperseded(Input input, TermsDocument? superseded)
    {
        if (superseded is null) yield break;
        if (superseded.SupersededById is not null) yield return new Invalid(CatalogRefusals.TermsSuperseded, ["input", "supersedesId"]);
        if (superseded.DocumentKind != input.Kind) yield return new Invalid(CatalogRefusals.TermsOfOtherKind, ["input", "kind"]);
    }

    private static string Iso(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
