using Efa.Graph.Tests.Contract;

namespace Efa.Graph.Tests.Architecture;

public sealed class ImportsTests
{
    [Fact]
    public void Imports_run_one_way()
    {
        (string Name, string Source)[] files = [.. Sources.All()];

        Assert.Contains(files, file => file.Name == "Efa.Marketplace/Operations/OperationRunner.cs");
        Assert.Empty(files.SelectMany(file => ImportsTable.Violations(file.Name, file.Source)));
    }

    [Theory]
    [InlineData("Efa.Marketplace/Catalog/Offer.cs", "using Efa.Marketplace.Ordering;\nnamespace Efa.Marketplace.Catalog;", "Ordering")]
    [InlineData("Efa.Marketplace/Catalog/Offer.cs", "namespace Efa.Marketplace.Catalog;\nclass Offer { Efa.Marketplace.Billing.Invoice? Last; }", "Billing")]
    [InlineData("Efa.Marketplace/Catalog/Offer.cs", "namespace Efa.Marketplace.Catalog;\nclass Offer { Ordering.Order? Last; }", "Ordering")]
    [InlineData("Efa.Marketplace/Catalog/Offer.cs", "using Last = Efa.Marketplace.Ordering.Order;\nnamespace Efa.Marketplace.Catalog;", "Ordering")]
    [InlineData("Efa.Marketplace/Catalog/Offer.cs", "using static Efa.Marketplace.Seeding.SeedFiles;\nnamespace Efa.Marketplace.Catalog;", "Seeding")]
    [InlineData("Efa.Marketplace/Storage/Sqlite/X.cs", "using Efa.Marketplace.Events;\nnamespace Efa.Marketplace.Storage.Sqlite;", "Events")]
    [InlineData("Efa.Marketplace/Pricing/Price.cs", "using Efa.Marketplace.Storage;\nnamespace Efa.Marketplace.Pricing;", "Storage")]
    [InlineData("Efa.Marketplace/Organisations/X.cs", "using Efa.Marketplace.Pricing;\nnamespace Efa.Marketplace.Organisations;", "Pricing")]
    [InlineData("Efa.Marketplace/Text.cs", "using Efa.Marketplace.Storage;\nnamespace Efa.Marketplace;", "Storage")]
    [InlineData("Efa.Marketplace/Billing/X.cs", "using Efa.Graph.Engine;\nnamespace Efa.Marketplace.Billing;", "Efa.Graph")]
    [InlineData("Efa.Marketplace/Billing/X.cs", "using GraphQL.Types;\nnamespace Efa.Marketplace.Billing;", "GraphQL")]
    [InlineData("Efa.Marketplace/Billing/X.cs", "using Microsoft.AspNetCore.Http;\nnamespace Efa.Marketplace.Billing;", "Microsoft.AspNetCore")]
    public void A_wrong_import_is_found(string file, string source, string named) =>
        Assert.Equal([$"{file} names {named}"], ImportsTable.Violations(file, source));

    [Theory]
    [InlineData("Efa.Marketplace/Misc/X.cs", "namespace Efa.Marketplace.Misc;", "Efa.Marketplace/Misc/X.cs lies in no room of the table")]
    [InlineData("Efa.Marketplace/Billing/X.cs", "namespace Efa.Marketplace.Ordering;", "Efa.Marketplace/Billing/X.cs has the namespace Efa.Marketplace.Ordering")]
    public void A_file_in_the_wrong_place_is_found(string file, string source, string violation) =>
        Assert.Contains(violation, ImportsTable.Violations(file, source));

    [Theory]
    [InlineData("Efa.Marketplace/Ordering/X.cs", "using Efa.Marketplace.Catalog;\nusing Efa.Marketplace.Pricing;\nusing Efa.Marketplace.Storage.Paging;\nnamespace Efa.Marketplace.Ordering;")]
    [InlineData("Efa.Marketplace/Storage/X.cs", "namespace Efa.Marketplace.Storage;\n// Ordering.Order\nclass X { string Y = \"Efa.Marketplace.Billing.Invoice\"; }")]
    [InlineData("Efa.Marketplace/Events/X.cs", "namespace Efa.Marketplace.Events;\nclass X { string Y = $\"\"\"Ordering.Order \"{1}\" \"\"\"; int Z(X x) => x.Ordering.Count; }")]
    [InlineData("Efa.Graph/Ordering/X.cs", "using Efa.Marketplace.Seeding;\nusing GraphQL;\nnamespace Efa.Graph.Ordering;")]
    public void A_right_import_is_let_through(string file, string source) => Assert.Empty(ImportsTable.Violations(file, source));

    [Fact]
    public void No_file_imports_for_all_others() =>
        Assert.DoesNotContain(Sources.All(), file => file.Source.Contains("global using", StringComparison.Ordinal));

    [Fact]
    public void Every_room_of_the_table_that_is_there_has_files()
    {
        HashSet<string> rooms = [.. Directory.GetDirectories(Repository.PathOf("src/Efa.Marketplace")).Select(folder => Path.GetFileName(folder)!).Except(["bin", "obj"])];

        Assert.Subset(ImportsTable.Rooms.ToHashSet(), rooms);
        Assert.Superset(new HashSet<string> { "Billing", "Ordering", "Catalog", "Organisations", "Operations", "Evidence", "Events", "Storage", "Pricing", "Seeding" }, rooms);
    }
}
