using System.Globalization;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog;

/// <summary>The organisations that questions for a price name, with what quantities are computed from.</summary>
internal sealed class QuoteParties
{
    private readonly Dictionary<Guid, QuotedParty> byId;
    private readonly Dictionary<string, QuotedParty> byArs;

    /// <param name="parties">At least those that are named by id, as far as there are such.</param>
    /// <param name="keys">Regional keys that questions name instead.</param>
    public QuoteParties(IEnumerable<QuotedParty> parties, IReadOnlyCollection<string> keys)
    {
        byId = parties.DistinctBy(p => p.Id).ToDictionary(p => p.Id);
        // Kinds stand in the order of territories: the state itself before a provider that has its key.
        byArs = byId.Values.Where(p => p.Ars is not null && keys.Contains(p.Ars)).GroupBy(p => p.Ars!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.OrderBy(p => p.Kind).ThenBy(p => p.Id).First(), StringComparer.Ordinal);
    }

    public static async Task<QuoteParties> ReadAsync(MarketContext context, IReadOnlyList<QuoteQuestion> questions, int longestList, CancellationToken cancellationToken)
    {
        Guid[] named = [.. questions.SelectMany(q => (q.UsedByIds ?? []).Take(OfferQuotes.MostUsers)).Concat(questions.Select(q => q.OrganisationId).OfType<Guid>()).Distinct()];
        string[] keys = [.. questions.Where(q => q.OrganisationId is null).Select(q => q.Ars).OfType<string>().Distinct(StringComparer.Ordinal)];
        var parties = new List<QuotedParty>();
        for (int i = 0; i < Math.Max(named.Length, keys.Length); i += longestList)
        {
            Guid[] ids = [.. named.Skip(i).Take(longestList)];
            string?[] ars = [.. keys.Skip(i).Take(longestList)];
            parties.AddRange(await context.Set<Organisation>().Where(o => ids.Contains(o.Id) || ars.Contains(o.Ars))
                .Select(o => new QuotedParty(o.Id, o.OrganisationKind, o.Ars, o.Population, o.PopulationOn)).ToListAsync(cancellationToken));
        }
        return new QuoteParties(parties, keys);
    }

    /// <summary>Whom a question names without there being such an organisation.</summary>
    public IEnumerable<Refusal> Unknown(QuoteQuestion question)
    {
        if (question.OrganisationId is { } orderer && !byId.ContainsKey(orderer)) yield return new Invalid(CatalogRefusals.OrganisationUnknown, ["input", "for"]);
        if (question.OrganisationId is null && question.Ars is { } ars && !byArs.ContainsKey(ars)) yield return new Invalid(CatalogRefusals.ArsUnknown, ["input", "for"]);
        foreach ((int i, Guid user) in (question.UsedByIds ?? []).Index().Take(OfferQuotes.MostUsers))
            if (!byId.ContainsKey(user))
                yield return new Invalid(CatalogRefusals.OrganisationUnknown, ["input", "usedByIds", i.ToString(CultureInfo.InvariantCulture)]);
    }

    /// <summary>The users of a question whose parties are all known: the orderer, or the body of the regional key, where it names no others.</summary>
    public IReadOnlyList<PricedUser> UsersOf(QuoteQuestion question)
    {
        IEnumerable<QuotedParty> users = question.UsedByIds is { Count: > 0 } named ? named.Select(u => byId[u]) : [question.OrganisationId is { } orderer ? byId[orderer] : byArs[question.Ars!]];
        return [.. users.Select(u => new PricedUser(u.Id, u.Ars, u.Population, u.PopulationOn))];
    }
}

/// <summary>An organisation as a price sees it.</summary>
public sealed record QuotedParty(Guid Id, OrganisationKind Kind, string? Ars, int? Population, DateOnly? PopulationOn);
