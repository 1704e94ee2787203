namespace Efa.Graph.Tests.Authorisation;

/// <summary>Who sees which field: every field that can be reached by a query or subscription stands here, once.</summary>
/// <remarks>A new field is a word in a line. A line begins with the type; what follows are its fields.</remarks>
internal static class FieldRows
{
    /// <summary>Seen by whoever sees their object.</summary>
    private const string WithTheObject = """
        Accreditation: basis decidedAt evidence id organisation reason requestedAt seller state validFrom validTo version
        AccreditationConnection: edges nodes pageInfo totalCount
        AccreditationEdge: cursor node
        AgreedTerms: annualFee consents hash nextBillingAmount number oneTimeFee scope submittedAt
        AgreedTermsChangedError: code currentTerms message path
        AllocationWeight: ars weight
        ApiClient: clientId createdAt id lastUsedAt name organisation revokedAt scopes
        ApprovalRule: amountAbove approvals
        AuditEntry: action actor at clientId cursor inclusionProof index leafHash organisation role subject subjectHash subjectId
        AuditEntryConnection: edges head nodes pageInfo
        AuditEntryEdge: cursor node
        AuditTreeHead: at jws keyId rootHash size
        BillingPreview: blocked credits feeChangesUntil gross invoices net seller tax year
        BillingRun: blocked dueOn finishedAt id invoices issueOn ordersDone ordersTotal seller startedAt state year
        BillingRunConnection: edges nodes pageInfo totalCount
        BillingRunEdge: cursor node
        BlockedInvoice: buyer orders reasons
        BlockedInvoiceConnection: edges nodes pageInfo totalCount
        BlockedInvoiceEdge: cursor node
        Contract: children contacts documents endsOn grantedBy grantedTo id kind number order parent startsOn version
        ContractConnection: edges nodes pageInfo totalCount
        ContractEdge: cursor node
        CatalogChange: at cursor offer offerId removed
        CatalogChangeConnection: edges head nodes pageInfo
        CatalogChangeEdge: cursor node
        Consent: actor at organisation termsHash
        Contact: email id name phone purpose
        DeadlinePassedError: code deadline message nextEffectiveYear path
        DeliveryAttempt: at durationMs error status
        Document: kind mediaType sha256 title url
        DraftCreditNote: corrects gross lines net tax taxes
        DraftCreditNoteConnection: edges nodes pageInfo totalCount
        DraftCreditNoteEdge: cursor node
        DraftInvoice: buyer gross lines net tax taxes
        DraftInvoiceConnection: edges nodes pageInfo totalCount
        DraftInvoiceEdge: cursor node
        ElectronicAddress: scheme value
        Eligibility: alternatives basis chain checkedAt eligible organisation reasons seller
        EligibilityAlternative: message offer through
        EligibilityLink: from relation to validFrom validTo
        EligibilityReason: code message
        FacetCount: count label value
        FederalState: code koenigsteinShare koenigsteinYear name population populationOn
        FlatPrice: amount code costType label period taxes text
        IdempotencyConflictError: code firstSeenAt message path
        ImportPlanOutdatedError: changedRows code message path
        ImportRowError: code externalId line message path pointer row
        InvalidStateError: allowed code message path state
        Invoice: buyer buyerParty buyerReference dueOn gross id issuedOn kind lines net number orders paymentReference periodFrom periodTo seller
        Invoice: correctedBy corrects credited deliveryAttempts deliveryState history outstanding paid paymentState payments response
        Invoice: sellerParty tax taxes viewUrl xml
        InvoiceConnection: edges nodes pageInfo totalCount totals
        InvoiceDocument: content mediaType sha256 url
        InvoiceEdge: cursor node
        InvoiceEvent: actor at note type
        InvoiceLine: baseQuantity description explanation net order periodFrom periodTo position quantity taxRate taxTreatment unitCode unitPrice
        InvoiceLine: usedBy
        InvoiceLineConnection: edges nodes pageInfo totalCount
        InvoiceLineEdge: cursor node
        InvoiceParty: address electronicAddress leitwegId name registerNumber taxNumber vatId
        InvoiceRuleError: code message path rule subject
        InvoiceTotals: gross net outstanding paid tax
        Maturity: assessedOn level modelVersion
        Money: amount currency
        NotEligibleError: code eligibility message path
        NotFoundError: code message path
        Offer: asOf availableIn connectionTypes description documents efaFinanced externalId id implementingState maturity minimumTermMonths
        Offer: noticePeriodMonths noticeTo orderingMode prices provisioningMode publishedAt publishedVersion quote quotes seller service slug
        Offer: specialistApplications state summary supplier terms title updatedAt version versions
        OfferConnection: edges facets nodes pageInfo totalCount
        OfferEdge: cursor node
        OfferFacets: availableIn connectionTypes efaFinanced fimTypes kinds orderingModes sellers specialistApplications subjectAreas suppliers
        OfferSuggestion: offer text
        OfferImport: created failure fileSha256 finishedAt format id planHash rejected rows rowsDone rowsTotal startedAt state supplier unchanged updated
        OfferImport: uploadUntil uploadUrl
        OfferImportConnection: edges nodes pageInfo totalCount
        OfferImportEdge: cursor node
        OfferImportRowConnection: edges nodes pageInfo totalCount
        OfferImportRowEdge: cursor node
        OfferRowResult: changedFields errors externalId offer outcome priceChanges row
        OfferVersion: availableIn changedFields connectionTypes contentHash description documents efaFinanced id implementingState maturity
        OfferVersion: minimumTermMonths noticePeriodMonths noticeTo number offer orderingMode prices provisioningMode publishedAt
        OfferVersion: publishAt reviewNote specialistApplications state submittedAt summary terms title
        OfferVersionConnection: edges nodes pageInfo totalCount
        OfferVersionEdge: cursor node
        Order: activeFrom billTo createdAt eligibility endsOn events expectedUses id nextActions number offer offerVersion orderedBy origin
        Order: agreedTerms approvals contracts earliestTerminationOn fees provisioning receipt terminationOn termsVersions usage
        Order: packageCode placedAt purchaseOrderNumber quote seller sellerNumber startsOn state supplier termsAcceptances usedBy version
        OrderAction: allowed blockedBy by mutation organisation target
        OrderApproval: actor at
        OrderConnection: edges nodes pageInfo totalCount
        OrderEdge: cursor node
        OrderEvent: actor at cursor from note order to type version
        OrderEventConnection: edges head nodes pageInfo
        OrderEventEdge: cursor node
        OrderFees: annualFee effectiveYear nextBillingAmount oneTimeFee reason recordedAt
        Organisation: address ars federalState id kind name ownedBy owns population populationOn roles version
        OrganisationConnection: edges nodes pageInfo totalCount
        OrganisationEdge: cursor node
        Ownership: id kind owned owner validFrom validTo version
        OwnershipConnection: edges nodes pageInfo totalCount
        OwnershipEdge: cursor node
        PackagePrice: code costType label packages period taxes text
        PageInfo: endCursor hasNextPage hasPreviousPage startCursor
        Payment: amount receivedOn recordedAt reference
        PerInhabitantPrice: code costType label maximum minimum perInhabitant period taxes text
        PerUsePrice: code costType includedUses label perUse period taxes text
        PermissionDeniedError: code message path requiredRoles requiredScope
        PostalAddress: city countryCode postalCode street
        PriceChange: after before code
        PriceChangedError: code current currentQuote message path quoted
        PriceLine: baseQuantity component explanation net periodFrom periodTo quantity taxRate taxTreatment unitPrice usedBy
        PricePackage: amount code label
        PriceStep: formula label result
        PriceTier: flatAmount unitPrice upTo
        Provisioning: attempts instanceId message nextAttemptAt state updatedAt
        Quote: gross hash net offerVersion oneTime orderedBy startsOn tax usedBy validUntil years
        QuoteResult: errors quote
        QuoteYear: gross lines net tax year
        Service: externalId fimType id kind leikaKeys name offers ozgIds subjectArea
        ServiceConnection: edges nodes pageInfo totalCount
        ServiceEdge: cursor node
        SharedCostPrice: code costType key label period rounding taxes text totalCost usageDependentPercent weights weightsOn
        SignedReceipt: auditIndex inclusionProof jws keyId treeHead
        StaleVersionError: changedFields code currentVersion message path
        SubjectArea: code name
        TaxRegime: exemptionReason treatment validFrom validTo
        TaxSubtotal: exemptionReason rate tax taxable treatment
        TermsAcceptance: actor at document sha256
        TermsDocument: id kind owner sha256 supersededBy title url validFrom versionLabel
        TermsNotAcceptedError: code message path requiredDocuments
        TieredPrice: basis code costType graduated label period taxes text tiers
        UsageReport: recordedAt uses year
        ValidationError: code message path
        """;

    /// <summary>Of whoever asks, and different for each.</summary>
    private const string OfTheCaller = """
        Query: viewer
        Viewer: actsFor apiClient scopes subject
        ActingOrganisation: organisation roles
        """;

    private const string ByEverybody = """
        Query: auditTreeHead catalogChanges federalStates node nodes offer offerSuggestions offers service services subjectAreas termsDocuments
        Subscription: catalogChanged
        """;

    private const string ByCallers = """
        Query: organisation organisations
        """;

    private const string ByParties = """
        Organisation: accreditations aggregators approvalRules clients contacts electronicAddress iban leitwegId registerNumber taxNumber vatId
        Offer: contacts draft eligibility eligibilities
        OfferVersion: contacts
        """;

    private const string ByPartiesWithScope = """
        Query: accreditations apiClients audit billingPreview billingRuns contract contracts invoice invoices offerImport offerImports order orderEvents orders
        Order: invoices
        Subscription: offerImportProgress orderStatusChanged
        """;

    /// <summary>By field; null where it is seen by whoever sees its object.</summary>
    public static readonly IReadOnlyDictionary<string, Seen?> All = new[]
    {
        Read(WithTheObject, null), Read(OfTheCaller, null), Read(ByEverybody, Seen.ByEverybody), Read(ByCallers, Seen.ByCallers), Read(ByParties, Seen.ByParties),
        Read(ByPartiesWithScope, Seen.ByPartiesWithScope),
    }.SelectMany(rows => rows).ToDictionary(row => row.Field, row => row.Seen);

    private static readonly HashSet<string> Own = [.. Read(OfTheCaller, null).Select(row => row.Field)];

    public static bool IsOfTheCaller(string field) => Own.Contains(field);

    private static IEnumerable<(string Field, Seen? Seen)> Read(string rows, Seen? seen) =>
        from line in rows.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        let parts = line.Split(':', StringSplitOptions.TrimEntries)
        from field in parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)
        select ($"{parts[0]}.{field}", seen);
}
