using System.Text;
using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Catalog.Publiccode;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Catalog.Publiccode;

public sealed class PubliccodeFileTests
{
    private const string Good = """
        publiccodeYmlVersion: "0.4"
        name: Abfallbehälter
        url: "https://git.example/abfall/behaelter.git"
        releaseDate: 2026-01-31
        platforms: [web]
        developmentStatus: stable
        softwareType: standalone/web
        description:
          en:
            shortDescription: Waste bins
          de-DE:
            localisedName: Abfallbehälter online
            shortDescription: >
              An- und Abmeldung
              von Abfallbehältern.
            longDescription: |
              Für Bürgerinnen und Bürger.

              Und für Unternehmen.
            features:
              - Anmelden
              - Abmelden
        legal:
          license: EUPL-1.2
        maintenance:
          type: internal
          contacts:
            - name: Ohne Adresse
            - name: Erika Beispiel
              email: erika@supplier.example
              phone: +49 30 123
        localisation: { localisationReady: yes, availableLanguages: [de, en] }
        de:
          countryExtensionVersion: "1.0"
          leika:
            - themenfeld: "Bauen & Wohnen"
              ozg-id: "10110"
              leika-id: "77000000000316"
            - themenfeld: "Bauen & Wohnen"
              ozg-id: 10110
              leika-id: 77000000000317
        """;

    private static readonly Guid Seller = Guid.CreateVersion7();

    [Fact]
    public async Task A_file_says_what_its_offer_says()
    {
        OfferRow row = (await ReadAsync(Good)).Offer!;

        Assert.Equal(("https://git.example/abfall/behaelter.git", Seller), (row.ExternalId, row.SellerId));
        Assert.Equal(("Abfallbehälter online", "An- und Abmeldung von Abfallbehältern."), (row.Title, row.Summary));
        Assert.Equal("Für Bürgerinnen und Bürger.\n\nUnd für Unternehmen.\n\n- Anmelden\n- Abmelden", row.Description);
        Assert.Equal(OrderingMode.Coordinated, row.OrderingMode);
        Assert.Equal([new ContactData("Erika Beispiel", "erika@supplier.example", "+49 30 123", ContactPurpose.Technical)], row.Contacts);
        Assert.Empty(row.Prices);
        OwnServiceRow service = row.Service.Own!;
        Assert.Equal((row.ExternalId, "Abfallbehälter", ServiceKind.SpecialistApplication, "BUILDING_AND_HOUSING"), (service.ExternalId, service.Name, service.Kind, service.SubjectArea));
        Assert.Equal(["77000000000316", "77000000000317"], service.LeikaKeys);
        Assert.Equal(["10110"], service.OzgIds);
    }

    [Fact]
    public async Task Without_the_german_extension_and_german_texts_there_is_an_offer_too()
    {
        OfferRow row = (await ReadAsync("publiccodeYmlVersion: 0\nname: Medusa\nurl: http://git.example/medusa\ndescription:\n  it: {shortDescription: Prova}\n  en: {shortDescription: A test}\n")).Offer!;

        Assert.Equal(("Medusa", "A test", null, ServiceKind.Other, null), (row.Title, row.Summary, row.Description, row.Service.Own!.Kind, row.Service.Own.SubjectArea));
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task A_file_makes_a_draft_and_the_same_file_again_changes_nothing(StoreKind kind)
    {
        await using OfferStory story = await OfferStory.BeginAsync(kind);
        OfferRow row = (await ReadAsync(Good)).Offer! with { SellerId = story.Market.Organisation(SmallMarket.Govdigital) };

        OfferRowResult made = (await story.UploadedAsync([row]))[0], again = (await story.UploadedAsync([row]))[0];

        Assert.Equal((RowOutcome.Create, RowOutcome.Unchanged, made.Subject), (made.Outcome, again.Outcome, again.Subject));
        OfferVersion draft = Assert.Single(await story.VersionsAsync(made.Subject!.Value));
        Assert.Equal((OfferVersionState.Draft, "Abfallbehälter online"), (draft.State, draft.Title));
    }

    [Fact]
    public async Task The_german_extension_is_called_by_the_country_in_either_case() =>
        Assert.Equal(["77000000000316", "77000000000317"], (await ReadAsync(Good.Replace("\nde:\n", "\nDE:\n", StringComparison.Ordinal))).Offer!.Service.Own!.LeikaKeys);

    [Fact]
    public async Task Texts_are_of_the_language_that_says_enough()
    {
        OfferRow row = (await ReadAsync("publiccodeYmlVersion: 0\nname: Medusa\nurl: http://git.example/medusa\ndescription:\n  de: {localisedName: Meduse}\n  en: {shortDescription: A test}\n")).Offer!;

        Assert.Equal(("Medusa", "A test"), (row.Title, row.Summary));
    }

    [Fact]
    public async Task Features_are_added_as_far_as_there_is_room()
    {
        string description = new('x', OfferContent.DescriptionLength - 15);
        OfferRow row = (await ReadAsync(Good.Replace("Und für Unternehmen.", "", StringComparison.Ordinal).Replace("Für Bürgerinnen und Bürger.", description, StringComparison.Ordinal))).Offer!;

        Assert.Equal(description + "\n\n- Anmelden", row.Description);
    }

    [Fact]
    public async Task What_a_file_does_not_say_stays()
    {
        await using OfferStory story = await OfferStory.BeginAsync(StoreKind.Sqlite);
        OfferRow row = (await ReadAsync(Good)).Offer! with { SellerId = story.Market.Organisation(SmallMarket.Govdigital) };
        await story.UploadedAsync([row]);

        Assert.Equal(RowOutcome.Unchanged, (await story.UploadedAsync([row with { Description = null, Contacts = [] }]))[0].Outcome);
    }

    // What the checks of every upload find is told by its line as well.
    [Theory]
    [InlineData("77000000000317", "7700", "LEIKA_KEY_INVALID 41 /de/leika/1/leika-id")]
    [InlineData("77000000000317", "77000000000316", "DUPLICATE 41 /de/leika/1/leika-id")]
    [InlineData("\"10110\"", "\"20110\"", "OZG_ID_INVALID 37 /de/leika/0/ozg-id")]
    [InlineData("erika@supplier.example", "erika", "EMAIL_INVALID 30 /maintenance/contacts/1/email")]
    [InlineData("Abfallbehälter online", "\"x\\u0007\"", "TEXT_INVALID 12 /description/de-DE/localisedName")]
    public async Task A_fault_of_the_offer_is_told_by_its_line(string text, string replaced, string expected)
    {
        await using OfferStory story = await OfferStory.BeginAsync(StoreKind.Sqlite);
        FileRow offer = await ReadAsync(Good.Replace(text, replaced, StringComparison.Ordinal));
        OfferRow row = offer.Offer! with { SellerId = story.Market.Organisation(SmallMarket.Govdigital) };
        OfferReferences references = await story.Market.Store.ReadAsync(context => OfferReferences.ReadAsync(context, story.Supplier, story.Market.Organisation(SmallMarket.Supplier), [row], CancellationToken.None));

        Assert.Contains(expected, Lines(OfferRowCheck.Faults(row, references).Select(offer.Told)));
    }

    [Theory]
    [InlineData("name: Abfallbehälter", "nam: Abfallbehälter", "PUBLICCODE_KEY_MISSING 1 /name")]
    [InlineData("name: Abfallbehälter", "name: [1]", "PUBLICCODE_NOT_TEXT 2 /name")]
    [InlineData("name: Abfallbehälter", "name: ~", "PUBLICCODE_KEY_MISSING 2 /name")]
    [InlineData("\"0.4\"", "\"1.0\"", "PUBLICCODE_VERSION_UNKNOWN 1 /publiccodeYmlVersion")]
    [InlineData("https://git.example", "file:///git.example", "PUBLICCODE_URL_INVALID 3 /url")]
    [InlineData("name: Abfallbehälter", "name: \"\"", "PUBLICCODE_KEY_MISSING 2 /name")]
    [InlineData("https://git.example", "https://git.\\0example", "PUBLICCODE_URL_INVALID 3 /url")]
    [InlineData("features:", "features: Anmelden\n    other:", "PUBLICCODE_NOT_LIST 20 /description/de-DE/features")]
    [InlineData("countryExtensionVersion:", "version:", "PUBLICCODE_KEY_MISSING 34 /de/countryExtensionVersion")]
    [InlineData("leika-id: 77000000000317", "leika: 77000000000317", "PUBLICCODE_KEY_MISSING 39 /de/leika/1/leika-id")]
    [InlineData("themenfeld: \"Bauen & Wohnen\"\n      ozg-id: 10110", "themenfeld: Bauen\n      ozg-id: 10110", "SUBJECT_AREA_UNKNOWN 39 /de/leika/1/themenfeld")]
    public async Task What_is_missing_or_wrong_is_told_by_its_line(string text, string replaced, string expected)
    {
        FileRow reading = await ReadAsync(Good.Replace(text, replaced, StringComparison.Ordinal));

        Assert.Null(reading.Offer);
        Assert.Equal([expected], Lines(reading.Faults));
        Assert.Empty(reading.Faults[0].Path);
    }

    [Theory]
    [InlineData("name: [", "PUBLICCODE_NOT_YAML 1 ")]
    [InlineData("name: a\nurl: \"\\q\"", "PUBLICCODE_NOT_YAML 2 ")]
    [InlineData("name: a\n---\nname: b", "PUBLICCODE_SECOND_DOCUMENT 2 ")]
    [InlineData("name: a\nurl: b\u0000c", "PUBLICCODE_NOT_YAML 2 ")]
    [InlineData("name: a\nname: b", "PUBLICCODE_KEY_TWICE 2 ")]
    [InlineData("name: \"\\UFFFFFFFF\"", "PUBLICCODE_NOT_YAML 1 ")]
    [InlineData("name: a\nurl: \"\\uD800\\u0041\"", "PUBLICCODE_NOT_YAML 2 ")]
    [InlineData("platforms: [\nweb\n]", "PUBLICCODE_NOT_YAML 1 ")]
    [InlineData("name: &a b", "PUBLICCODE_ALIAS_USED 1 ")]
    [InlineData("a: &a [x]\nb: [*a, *a]", "PUBLICCODE_ALIAS_USED 1 ")]
    [InlineData("? [a]\n: b", "PUBLICCODE_NOT_TEXT 1 ")]
    public async Task What_cannot_be_read_is_told_by_its_line(string text, string expected) => Assert.Equal(expected, await UnreadableAsync(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("- a")]
    [InlineData("\"text\"")]
    public async Task What_is_no_publiccode_lacks_its_keys(string text)
    {
        FileRow reading = await ReadAsync(text);

        Assert.Null(reading.Offer);
        Assert.Equal(
            ["PUBLICCODE_KEY_MISSING 1 /description/shortDescription", "PUBLICCODE_KEY_MISSING 1 /name", "PUBLICCODE_KEY_MISSING 1 /publiccodeYmlVersion", "PUBLICCODE_KEY_MISSING 1 /url", "PUBLICCODE_NOT_MAP 1 "],
            Lines(reading.Faults).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Harmful_files_are_refused_before_they_cost_anything()
    {
        Assert.Equal("PUBLICCODE_TOO_DEEP 1 ", await UnreadableAsync(Encoding.UTF8.GetBytes("a: " + new string('[', 100_000))));
        Assert.Equal("PUBLICCODE_TOO_DEEP 16 ", await UnreadableAsync(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 50).Select(i => new string(' ', i) + "a:")) + " b")));
        Assert.Equal("PUBLICCODE_TOO_LARGE 1 ", await UnreadableAsync(Encoding.UTF8.GetBytes(Good + new string('#', PubliccodeFile.MostBytes))));
        Assert.Equal("FILE_NOT_UTF8 2 ", await UnreadableAsync([.. "name: a\nurl: "u8, 0xC3, 0x28]));
    }

    [Fact]
    public async Task A_byte_order_mark_and_other_line_ends_change_nothing()
    {
        OfferRow row = (await ReadAsync("\uFEFF" + Good.Replace("\n", "\r\n", StringComparison.Ordinal))).Offer!;

        Assert.Equal((await ReadAsync(Good)).Offer!.Content().Hash([]), row.Content().Hash([]));
    }

    private static IEnumerable<string> Lines(IEnumerable<RowRefused> faults) => faults.Select(f => $"{f.Code} {f.Line} {f.Pointer}");

    private static Task<FileRow> ReadAsync(string text) => ReadAsync(Encoding.UTF8.GetBytes(text));

    private static async Task<string> UnreadableAsync(byte[] bytes) => Lines([(await Assert.ThrowsAsync<FileUnreadableException>(() => ReadAsync(bytes))).Reason]).Single();

    private static Task<FileRow> ReadAsync(byte[] bytes) => PubliccodeFile.ReadAsync(new MemoryStream(bytes), Seller, CancellationToken.None);
}
