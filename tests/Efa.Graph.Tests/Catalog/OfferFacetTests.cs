using System.Text.Json;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Seeding;

namespace Efa.Graph.Tests.Catalog;

[Collection(CatalogMarket.Name)]
public sealed class OfferFacetTests(CatalogMarket market)
{
    private const string Facets = """
        query($filter: OfferFilter) { offers(filter: $filter, first: 1) { facets {
          kinds { value label count } sellers { value label count } suppliers { value count } availableIn { value label count } connectionTypes { value count }
          specialistApplications { value count } fimTypes { value count } orderingModes { value label count } efaFinanced { value label count } subjectAreas { value count }
        } } }
        """;

    [Fact]
    public async Task Facets_count_every_value()
    {
        JsonElement facets = (await market.AskAsync(Facets)).Data.At("offers", "facets");

        Assert.Equal(Counts(_ => true, o => [ApiKind(o)]), Of(facets, "kinds"));
        Assert.Equal(Counts(_ => true, o => o.ConnectionTypes), Of(facets, "connectionTypes"));
        Assert.Equal(Counts(_ => true, o => o.SpecialistApplications), Of(facets, "specialistApplications"));
        Assert.Equal(Counts(_ => true, o => [CatalogSeed.ServiceOf(o).FimType]), Of(facets, "fimTypes"));
        Assert.Equal(Counts(_ => true, o => [CatalogSeed.ServiceOf(o).SubjectArea]), Of(facets, "subjectAreas"));
        Assert.Equal(Counts(_ => true, o => [o.EfaFinanced ? "true" : "false"]), Of(facets, "efaFinanced"));
        Assert.Equal(Counts(_ => true, o => [o.OrderingMode == OrderingMode.Direct ? "DIRECT" : "COORDINATED"]), Of(facets, "orderingModes"));
        Assert.Equal(Counts(_ => true, o => [market.IdOf(IdPrefix.Organisation, o.Seller)]), Of(facets, "sellers"));
        Assert.Equal(Counts(_ => true, o => [market.IdOf(IdPrefix.Organisation, o.Supplier)]), Of(facets, "suppliers"));
    }

    [Fact]
    public async Task What_is_available_everywhere_counts_for_each_state()
    {
        JsonElement facets = (await market.AskAsync(Facets)).Data.At("offers", "facets");

        Dictionary<string, int> states = Of(facets, "availableIn");
        int everywhere = Published().Count(o => o.AvailableIn.Count == 0);
        Assert.Equal(16, states.Count);
        Assert.Equal(everywhere, states["02"]);
        Assert.Equal(everywhere + Published().Count(o => o.AvailableIn.Contains("05")), states["05"]);
    }

    [Fact]
    public async Task A_facet_ignores_its_own_part_of_the_filter_and_heeds_the_others()
    {
        var filter = new { connectionTypes = new[] { "XTA" }, efaFinanced = true };

        JsonElement facets = (await market.AskAsync(Facets, new { filter })).Data.At("offers", "facets");

        Assert.Equal(Counts(o => o.EfaFinanced, o => o.ConnectionTypes), Of(facets, "connectionTypes"));
        Assert.Equal(Counts(o => o.ConnectionTypes.Contains("XTA"), o => [o.EfaFinanced ? "true" : "false"]), Of(facets, "efaFinanced"));
        Assert.Equal(Counts(o => o.EfaFinanced && o.ConnectionTypes.Contains("XTA"), o => [ApiKind(o)]), Of(facets, "kinds"));
    }

    [Fact]
    public async Task Most_frequent_values_come_first()
    {
        JsonElement facets = (await market.AskAsync(Facets)).Data.At("offers", "facets");

        foreach (string facet in new[] { "kinds", "sellers", "connectionTypes", "fimTypes" })
        {
            int[] counts = [.. facets.GetProperty(facet).EnumerateArray().Select(v => v.GetProperty("count").GetInt32())];
            Assert.Equal(counts.OrderDescending(), counts);
        }
    }

    [Theory]
    [InlineData("de", "Fachverfahren", "Direkt bestellbar", "Aus EfA-Mitteln finanziert")]
    [InlineData("en", "Specialist application", "Ordered directly", "Financed by EfA funds")]
    public async Task Labels_follow_the_language(string language, string kind, string mode, string financed)
    {
        JsonElement facets = (await market.AskAsync(Facets, language: language)).Data.At("offers", "facets");

        Assert.Equal(kind, Label(facets, "kinds", "SPECIALIST_APPLICATION"));
        Assert.Equal(mode, Label(facets, "orderingModes", "DIRECT"));
        Assert.Equal(financed, Label(facets, "efaFinanced", "true"));
        Assert.Equal("Vertrieb A", Label(facets, "sellers", market.IdOf(IdPrefix.Organisation, "seller-a")));
        Assert.Equal("Bayern", Label(facets, "availableIn", "09"));
    }

    [Fact]
    public async Task Facets_of_a_services_offers_are_its_own()
    {
        JsonElement service = (await market.AskAsync(
            "query($id: ID!) { service(by: {id: $id}) { offers { totalCount facets { sellers { value count } connectionTypes { value count } availableIn { value } } } } }",
            new { id = market.IdOf(IdPrefix.Service, "service-3") })).Data.At("service", "offers");

        OfferSeed[] own = [.. Published().Where(o => o.Service == "service-3")];
        Assert.Equal(2, own.Length);
        Assert.Equal(2, service.GetProperty("totalCount").GetInt32());
        Assert.Equal(own.GroupBy(o => market.IdOf(IdPrefix.Organisation, o.Seller)).ToDictionary(g => g.Key, g => g.Count()), Of(service.GetProperty("facets"), "sellers"));
        Assert.Equal(own.SelectMany(o => o.ConnectionTypes).GroupBy(c => c).ToDictionary(g => g.Key, g => g.Count()), Of(service.GetProperty("facets"), "connectionTypes"));
    }

    private static Dictionary<string, int> Of(JsonElement facets, string facet) =>
        facets.GetProperty(facet).EnumerateArray().ToDictionary(v => v.GetProperty("value").GetString()!, v => v.GetProperty("count").GetInt32());

    private static string? Label(JsonElement facets, string facet, string value) =>
        facets.GetProperty(facet).EnumerateArray().Single(v => v.GetProperty("value").GetString() == value).GetProperty("label").GetString();

    private static Dictionary<string, int> Counts(Func<OfferSeed, bool> filter, Func<OfferSeed, IEnumerable<string?>> values) =>
        Published().Where(filter).SelectMany(values).OfType<string>().GroupBy(v => v).ToDictionary(g => g.Key, g => g.Count());

    private static IEnumerable<OfferSeed> Published() => CatalogSeed.Offers.Where(o => o.State == OfferState.Published);

    private static string ApiKind(OfferSeed offer) => CatalogSeed.ServiceOf(offer).Kind switch
    {
        ServiceKind.EfaOnlineService => "EFA_ONLINE_SERVICE",
        ServiceKind.SpecialistApplication => "SPECIALIST_APPLICATION",
        _ => "DIGITAL_WORKPLACE",
    };
}
