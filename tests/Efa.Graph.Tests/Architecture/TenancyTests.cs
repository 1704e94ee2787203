using System.Text.RegularExpressions;

namespace Efa.Graph.Tests.Architecture;

/// <summary>What belongs to parties is read through its room's visibility; everybody else would have to remember the filter.</summary>
public sealed partial class TenancyTests
{
    private static readonly string[] Protected = ["Offer", "OfferVersion", "Order", "OrderUser", "Provisioning", "ServiceBroker", "Contract", "ContractDocument", "ContractContact", "AgreedTerms", "Consent", "Invoice", "InvoiceAccount", "Payment", "InvoiceLine", "InvoiceDocument", "BillingRun", "OfferImport", "OfferImportRow", "Accreditation", "LoggedEvent", "ApiClient"];

    // Those who decide for the house and not for a caller, each with its reason.
    private static readonly IReadOnlyDictionary<string, string> Allowed = new Dictionary<string, string>
    {
        ["Efa.Marketplace/Catalog/OfferEligibility.cs"] = "answers about offers whose ids the caller has got; siblings are published ones only",
        ["Efa.Marketplace/Catalog/OfferSearch.cs"] = "drafts are limited to the caller's own in place; services are counted by published offers",
        ["Efa.Marketplace/Catalog/Search/OfferReindex.cs"] = "writes the search index of all offers, and tells their number only",
        ["Efa.Marketplace/Organisations/EligibilityReader.cs"] = "eligibility is decided from all accreditations, and says only the answer",
        ["Efa.Marketplace/Events/LogTail.cs"] = "reads the log once for all; each reader filters by parties",
        ["Efa.Marketplace/Operations/Work.cs"] = "changed fields of an aggregate that the operation has loaded through visibility",
        ["Efa.Marketplace/Ordering/DirectOrders.cs"] = "versions are joined with the offers that the caller sees",
        ["Efa.Marketplace/Ordering/OrderEvents.cs"] = "is the visibility of the orders' log",
        ["Efa.Marketplace/Ordering/OrderKept.cs"] = "parts of orders whose ids the caller has got through visibility",
        ["Efa.Marketplace/Ordering/OrderReceipt.cs"] = "the offer version of an order that an operation has loaded",
        ["Efa.Marketplace/Catalog/OfferQuotes.cs"] = "prices of offers whose ids the caller has got through visibility",
        ["Efa.Marketplace/Billing/BillingPlan.cs"] = "bills of a seller for whom the caller acts, or a job",
        ["Efa.Marketplace/Billing/DueParts.cs"] = "orders of one seller, for the plan",
        ["Efa.Marketplace/Ordering/OrderHistory.cs"] = "events of orders whose ids the caller has got through visibility",
        ["Efa.Marketplace/Events/LogRange.cs"] = "says how far the log reaches, and nothing of what is in it",
        ["Efa.Marketplace/Catalog/Imports/OfferReferences.cs"] = "offers of the supplier for whom the caller uploads",
        ["Efa.Marketplace/Catalog/Imports/ServiceWriting.cs"] = "offers of services of that supplier",
        ["Efa.Marketplace/Catalog/Imports/OfferImportPlanning.cs"] = "the import that a job is about",
        ["Efa.Marketplace/Catalog/Imports/OfferImportApplying.cs"] = "the import that a job is about",
        ["Efa.Marketplace/Catalog/Imports/OfferImportExpiry.cs"] = "deletes what is over, and reads nothing of it",
        ["Efa.Marketplace/Catalog/Imports/RejectedRows.cs"] = "rows of the import that a job is about",
        ["Efa.Marketplace/Catalog/Imports/UpcomingRemains.cs"] = "what the import that a job is about has made",
        ["Efa.Marketplace/Catalog/Mirrors/CatalogChanges.cs"] = "tells only that a published offer changed, which is public",
        ["Efa.Marketplace/Catalog/OfferPublication.cs"] = "publishes a version that an operation has loaded",
        ["Efa.Marketplace/Catalog/OfferVersionChanges.cs"] = "compares versions whose ids the caller has got through visibility",
        ["Efa.Marketplace/Access/CallerTable.cs"] = "knows the rights of all clients, and tells each its own",
        ["Efa.Marketplace/Access/ClientUse.cs"] = "writes when a client was last used, and reads nothing",
        ["Efa.Marketplace/Billing/OrderInvoices.cs"] = "is joined with the invoices that the caller sees",
        ["Efa.Marketplace/Billing/InvoiceDocuments.cs"] = "documents of invoices that the caller has got through visibility",
        ["Efa.Marketplace/Billing/EndedContracts.cs"] = "invoices of one seller, for its runs and previews",
        ["Efa.Marketplace/Billing/InvoiceRest.cs"] = "credits of invoices that an operation has got through visibility",
        ["Efa.Marketplace/Billing/InvoiceParts.cs"] = "parts of invoices whose ids the caller has got through visibility",
    };

    [Fact]
    public void Protected_things_are_read_in_visibility_files_operations_and_jobs_only() =>
        Assert.Empty(Sources.All().SelectMany(file => Violations(file.Name, file.Source)));

    [Fact]
    public void Every_exception_is_still_needed()
    {
        Dictionary<string, string> sources = Sources.All().ToDictionary(f => f.Name, f => f.Source);

        Assert.All(Allowed.Keys, name => Assert.NotEmpty(Reads(sources[name])));
    }

    [Theory]
    [InlineData("Efa.Graph/Ordering/OrderQueries.cs", "context.Set<Order>().Where(o => true)", "Order")]
    [InlineData("Efa.Marketplace/Billing/Figures.cs", "context . Set < Efa.Marketplace.Billing.Invoice > ()", "Invoice")]
    public void A_bare_read_is_found(string file, string source, string read) =>
        Assert.Equal([$"{file} reads {read} past its visibility"], Violations(file, source));

    [Theory]
    [InlineData("Efa.Marketplace/Ordering/OrderVisibility.cs", "context.Set<Order>()")]
    [InlineData("Efa.Marketplace/Ordering/PlaceOrder.cs", "public sealed class PlaceOrder : Operation<PlaceOrderInput> { Set<Offer>() }")]
    [InlineData("Efa.Graph/Ordering/OrderLoader.cs", "context.Set<TermsDocument>()")]
    public void Visibility_files_and_operations_may(string file, string source) => Assert.Empty(Violations(file, source));

    private static IReadOnlyList<string> Violations(string file, string source)
    {
        bool marketplace = file.StartsWith("Efa.Marketplace/", StringComparison.Ordinal);
        if (marketplace && (file.EndsWith("Visibility.cs", StringComparison.Ordinal) || Allowed.ContainsKey(file) || OperationOrJob().IsMatch(source))) return [];
        return [.. Reads(source).Select(read => $"{file} reads {read} past its visibility")];
    }

    private static IEnumerable<string> Reads(string source) => Read().Matches(source).Select(m => m.Groups[1].Value).Where(Protected.Contains).Distinct();

    [GeneratedRegex(@"\bSet\s*<\s*(?:[\w.]+\.)?(\w+)\s*>")]
    private static partial Regex Read();

    [GeneratedRegex(@":\s*(?:\w*Operation(?:<[^{]+>)?|JobHandler)\b")]
    private static partial Regex OperationOrJob();
}
