using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Organisations;

/// <summary>Decides eligibility from what is known on a day. Pure: what it needs was read before.</summary>
/// <remarks>The chain has depth two, owner of a member; one association may stand between. The 80 % test of § 108 (1) is decided by people, in the accreditation.</remarks>
internal sealed record EligibilityDecision(
    IReadOnlyDictionary<Guid, EligibilityParty> Parties,
    IReadOnlyDictionary<EligibilityQuestion, Accreditation> Accreditations,
    ILookup<Guid, Ownership> OwnershipsByOwner,
    ILookup<Guid, Guid> AggregatorsOfClient,
    IReadOnlyDictionary<string, Guid> States,
    DateOnly Day,
    DateTimeOffset Now)
{
    public Eligibility? Decide(EligibilityQuestion question)
    {
        if (!Parties.TryGetValue(question.OrganisationId, out EligibilityParty? organisation) || !Parties.ContainsKey(question.SellerId)) return null;

        (EligibilityBasis? basis, IReadOnlyList<EligibilityLink> chain) = Relation(question);
        var against = new List<ErrorCode>();
        if (!organisation.MayOrder) against.Add(OrganisationsRefusals.NotCustomer);
        if (basis is null) against.Add(OrganisationsRefusals.NoInHouseRelation);
        if (AgainstAccreditation(question) is { } reason) against.Add(reason);

        return against.Count == 0
            ? new Eligibility(question.OrganisationId, question.SellerId, true, basis, [Reason(basis!.Value).Name], chain, [], Now)
            : new Eligibility(question.OrganisationId, question.SellerId, false, null, [.. against.Select(r => r.Name)], chain, [.. Alternatives(question, organisation)], Now);
    }

    /// <summary>The relation that the accreditation names, if it still holds, otherwise the nearest one.</summary>
    private (EligibilityBasis?, IReadOnlyList<EligibilityLink>) Relation(EligibilityQuestion question)
    {
        if (Accreditations.TryGetValue(question, out Accreditation? accreditation) && accreditation.Basis == EligibilityBasis.CooperationAgreement)
            return (EligibilityBasis.CooperationAgreement,
                [new EligibilityLink(question.OrganisationId, EligibilityRelation.CooperatesWith, question.SellerId, accreditation.ValidFrom, accreditation.ValidTo)]);

        if (Edge(question.OrganisationId, question.SellerId) is { } direct)
            return (direct.OwnershipKind == OwnershipKind.Share ? EligibilityBasis.SellerOwner : EligibilityBasis.Member, [Link(direct)]);

        foreach (Ownership owned in OwnershipsByOwner[question.OrganisationId])
        {
            if (MemberEdge(owned.OwnedId, question.SellerId) is { } member)
                return (EligibilityBasis.OwnerOfMember, [Link(owned), Link(member)]);
            if (!Parties.TryGetValue(owned.OwnedId, out EligibilityParty? between) || between.Kind != OrganisationKind.Association) continue;
            foreach (Ownership through in OwnershipsByOwner[owned.OwnedId])
                if (MemberEdge(through.OwnedId, question.SellerId) is { } throughMember)
                    return (EligibilityBasis.OwnerOfMember, [Link(owned), Link(through), Link(throughMember)]);
        }
        return (null, []);
    }

    private ErrorCode? AgainstAccreditation(EligibilityQuestion question) =>
        !Accreditations.TryGetValue(question, out Accreditation? accreditation) ? OrganisationsRefusals.NotAccredited
        : accreditation.State switch
        {
            AccreditationState.Granted => IsValid(accreditation.ValidFrom, accreditation.ValidTo) ? null : OrganisationsRefusals.AccreditationExpired,
            AccreditationState.Expired => OrganisationsRefusals.AccreditationExpired,
            AccreditationState.Requested => OrganisationsRefusals.AccreditationPending,
            AccreditationState.Rejected or AccreditationState.Suspended or AccreditationState.Revoked => OrganisationsRefusals.AccreditationNotGranted,
        };

    private IEnumerable<EligibilityAlternative> Alternatives(EligibilityQuestion question, EligibilityParty organisation)
    {
        foreach (Guid aggregator in AggregatorsOfClient[question.OrganisationId])
            if (Parties.TryGetValue(aggregator, out EligibilityParty? through))
                yield return new EligibilityAlternative(OrganisationsRefusals.ThroughAggregator.Name, through.Name, aggregator);

        if (organisation.FederalState is { } code && States.TryGetValue(code, out Guid state) && state != question.OrganisationId)
            yield return new EligibilityAlternative(OrganisationsRefusals.ThroughState.Name, Parties[state].Name, state);
    }

    private Ownership? Edge(Guid owner, Guid owned) => OwnershipsByOwner[owner].FirstOrDefault(o => o.OwnedId == owned);

    private Ownership? MemberEdge(Guid member, Guid seller) => Edge(member, seller) is { OwnershipKind: OwnershipKind.Membership } edge ? edge : null;

    private bool IsValid(DateOnly? from, DateOnly? to) => !(from > Day) && !(to < Day);

    private static EligibilityLink Link(Ownership edge) => new(
        edge.OwnerId, edge.OwnershipKind == OwnershipKind.Share ? EligibilityRelation.Owns : EligibilityRelation.MemberOf, edge.OwnedId, edge.ValidFrom, edge.ValidTo);

    private static ErrorCode Reason(EligibilityBasis basis) => basis switch
    {
        EligibilityBasis.SellerOwner => OrganisationsRefusals.SellerOwner,
        EligibilityBasis.CooperationAgreement => OrganisationsRefusals.CooperationAgreement,
        EligibilityBasis.Member => OrganisationsRefusals.Member,
        EligibilityBasis.OwnerOfMember => OrganisationsRefusals.OwnerOfMember,
        EligibilityBasis.ViaAggregator => OrganisationsRefusals.ThroughAggregator,
    };
}

/// <summary>What eligibility needs to know of an organisation.</summary>
internal sealed record EligibilityParty(Guid Id, string Name, OrganisationKind Kind, IReadOnlyList<OrganisationRole> Roles, string? FederalState)
{
    public bool MayOrder => Roles.Contains(OrganisationRole.Customer) || Roles.Contains(OrganisationRole.Aggregator);
}
