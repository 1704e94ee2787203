using System.Globalization;
using System.Text;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;

namespace Efa.Marketplace.Catalog.Publiccode;

/// <summary>Reads a <c>publiccode.yml</c>, with its German extension, as an offer of a service of the supplier's own.</summary>
/// <remarks>
/// The address of the software is the key of both, so the same file again is the same offer. It says nothing of prices and of how it is ordered: these are added
/// later, and until then it is coordinated; what was added stays when the file comes again. Texts are the German ones, else the English, else the first.
/// What an offer has no place for is passed over.
/// </remarks>
public static class PubliccodeFile
{
    public const int MostBytes = 1024 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>The one row of the file.</returns>
    /// <exception cref="FileUnreadableException">With the line from which it cannot be read on.</exception>
    public static async Task<FileRow> ReadAsync(Stream file, Guid sellerId, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[MostBytes + 1];
        int length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MostBytes) throw new FileUnreadableException(PubliccodeRefusals.TooLarge, 1, 1, MostBytes);
        try
        {
            return Read(YamlNode.Read(Utf8.GetString(bytes, 0, length).TrimStart('\uFEFF')), sellerId);
        }
        catch (DecoderFallbackException broken)
        {
            throw new FileUnreadableException(ImportRefusals.FileNotUtf8, 1, bytes.AsSpan(0, Math.Max(broken.Index, 0)).Count((byte)'\n') + 1);
        }
    }

    private static FileRow Read(YamlNode root, Guid sellerId)
    {
        var faults = new List<RowRefused>();
        var file = new PubliccodePlace(root, root.Line, "", faults);
        if (root is not YamlMap) file.Refuse(PubliccodeRefusals.NotMap);
        PubliccodePlace version = file["publiccodeYmlVersion"], name = file["name"], url = file["url"];
        if (version.RequiredText() is { Length: > 0 } said && !IsKnown(said)) version.Refuse(PubliccodeRefusals.VersionUnknown);
        string address = url.RequiredText();
        if (address.Length > 0 && (address.Any(char.IsControl) || !(Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "https" or "http"))) url.Refuse(PubliccodeRefusals.UrlInvalid);

        PubliccodePlace texts = TextsOf(file["description"]), title = texts["localisedName"].IsEmpty ? name : texts["localisedName"], summary = texts["shortDescription"];
        (OwnServiceRow service, Dictionary<string, PubliccodePlace> places) = ServiceOf(file["DE"].IsEmpty ? file["de"] : file["DE"], address, name.RequiredText());
        PubliccodePlace[] contacts = [.. file["maintenance"]["contacts"].Items().Where(contact => !contact["email"].IsEmpty)];
        places["externalId"] = places["service/own/externalId"] = url;
        places["service/own/name"] = name;
        places["title"] = title;
        places["summary"] = summary;
        places["description"] = texts["longDescription"];
        foreach ((int i, PubliccodePlace contact) in contacts.Index())
            foreach (string field in new[] { "name", "email", "phone" })
                places[string.Create(CultureInfo.InvariantCulture, $"contacts/{i}/{field}")] = contact[field];

        var row = new OfferRow
        {
            ExternalId = address,
            Service = new ServiceRow(Own: service),
            SellerId = sellerId,
            Title = title.Text() ?? "",
            Summary = summary.RequiredText(),
            Description = Description(texts),
            OrderingMode = OrderingMode.Coordinated,
            SaysTextsOnly = true,
            Contacts = [.. contacts.Select(c => new ContactData(c["name"].RequiredText(), c["email"].Text() ?? "", c["phone"].Text(), ContactPurpose.Technical))],
        };
        return faults.Count > 0
            ? new FileRow(1, 1, address, null, [.. faults.DistinctBy(f => (f.Code, f.Pointer)).Select(f => f with { ExternalId = address }).OrderBy(f => f.Line)])
            : new FileRow(1, 1, address, row, []) { Place = fault => PlaceOf(fault, places) };
    }

    /// <summary>What the German extension says of administrative services.</summary>
    private static (OwnServiceRow Service, Dictionary<string, PubliccodePlace> Places) ServiceOf(PubliccodePlace extension, string externalId, string name)
    {
        if (!extension.IsEmpty) extension["countryExtensionVersion"].RequiredText();
        PubliccodePlace[] entries = [.. extension["leika"].Items()];
        PubliccodePlace[] keys = [.. entries.Select(e => e["leika-id"])];
        PubliccodePlace[] ozgIds = [.. entries.Select(e => e["ozg-id"]).Where(p => !p.IsEmpty).DistinctBy(p => p.Text())];
        PubliccodePlace[] areas = [.. entries.Select(e => e["themenfeld"]).Where(p => !p.IsEmpty)];
        SubjectArea?[] known = [.. areas.Select(AreaOf)];
        var places = new Dictionary<string, PubliccodePlace>();
        foreach ((int i, PubliccodePlace key) in keys.Index()) places[string.Create(CultureInfo.InvariantCulture, $"service/own/leikaKeys/{i}")] = key;
        foreach ((int i, PubliccodePlace ozgId) in ozgIds.Index()) places[string.Create(CultureInfo.InvariantCulture, $"service/own/ozgIds/{i}")] = ozgId;
        return (new OwnServiceRow(externalId, name, keys.Length > 0 ? ServiceKind.SpecialistApplication : ServiceKind.Other)
        {
            LeikaKeys = [.. keys.Select(k => k.RequiredText())],
            OzgIds = [.. ozgIds.Select(o => o.Text() ?? "")],
            // A service lies in one subject area or in none.
            SubjectArea = known.Distinct().ToArray() is [{ } only] ? only.Code : null,
        }, places);
    }

    private static SubjectArea? AreaOf(PubliccodePlace place)
    {
        string? name = place.Text();
        SubjectArea? area = SubjectAreas.All.FirstOrDefault(a => a.Name.German == name);
        if (area is null) place.Refuse(ImportRefusals.SubjectAreaUnknown);
        return area;
    }

    private static PubliccodePlace TextsOf(PubliccodePlace description)
    {
        (string Language, PubliccodePlace Place)[] languages = [.. description.Entries()];
        (string Language, PubliccodePlace Place)[] ranked = [.. languages.OrderByDescending(l => Is(l, "de")).ThenByDescending(l => Is(l, "en"))];
        // A language may say less than another.
        return ranked.FirstOrDefault(l => !l.Place["shortDescription"].IsEmpty).Place ?? ranked.FirstOrDefault().Place ?? description;

        static bool Is((string Language, PubliccodePlace Place) said, string language) => said.Language.Split('-')[0].Equals(language, StringComparison.OrdinalIgnoreCase);
    }

    private static string? Description(PubliccodePlace texts)
    {
        string description = texts["longDescription"].Text() ?? "";
        string between = description.Length == 0 ? "" : "\n\n";
        foreach (string feature in texts["features"].Items().Select(feature => feature.Text()).OfType<string>())
        {
            string longer = $"{description}{between}- {feature}";
            // As many as there is room for.
            if (longer.Length > OfferContent.DescriptionLength) break;
            (description, between) = (longer, "\n");
        }
        return description.Length == 0 ? null : description;
    }

    private static bool IsKnown(string version) => version.Split('.') is ["0"] or ["0", "1" or "2" or "3" or "4" or "5", ..];

    /// <summary>The nearest place in the file to the field of a fault; the file itself where it says nothing of the kind.</summary>
    private static (int Line, string Pointer) PlaceOf(Invalid fault, Dictionary<string, PubliccodePlace> places)
    {
        for (int parts = fault.Path.Count; parts > 0; parts--)
            if (places.TryGetValue(string.Join('/', fault.Path.Take(parts)), out PubliccodePlace? place))
                return (place.Line, place.Pointer);
        return (1, "");
    }
}
