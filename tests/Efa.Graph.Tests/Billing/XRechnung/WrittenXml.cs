using System.Globalization;
using System.Xml.Linq;
using Efa.Marketplace.Billing.XRechnung;

namespace Efa.Graph.Tests.Billing.XRechnung;

/// <summary>Reads XRechnung documents back, with nothing of the code that writes them.</summary>
internal sealed class WrittenXml
{
    public static readonly XNamespace Cac = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    public static readonly XNamespace Cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

    private WrittenXml(XDocument document) => Root = document.Root!;

    public XElement Root { get; }

    public static WrittenXml Of(EInvoice invoice)
    {
        using var bytes = new MemoryStream(XRechnungWriter.Write(invoice));
        return new WrittenXml(XDocument.Load(bytes));
    }

    public static WrittenXml OfFile(string path) => new(XDocument.Load(path));

    public IEnumerable<XElement> Lines => Root.Elements(Cac + "InvoiceLine").Concat(Root.Elements(Cac + "CreditNoteLine"));

    public IEnumerable<XElement> Subtotals => Root.Elements(Cac + "TaxTotal").Elements(Cac + "TaxSubtotal");

    public decimal Total(string name) => Amount(Root.Element(Cac + "LegalMonetaryTotal")!, name);

    public decimal Tax => Amount(Root.Element(Cac + "TaxTotal")!, "TaxAmount");

    public static decimal Amount(XElement parent, string name) => parent.Element(Cbc + name) is { } element ? decimal.Parse(element.Value, CultureInfo.InvariantCulture) : 0;

    public string? Text(params string[] path)
    {
        XElement? element = Root;
        foreach (string name in path[..^1]) element = element?.Element(Cac + name);
        return element?.Element(Cbc + path[^1])?.Value;
    }

    /// <summary>Each element in document order: its path, attributes and text. Comments, prefixes and white space between elements are left out.</summary>
    public IReadOnlyList<string> Content() => [.. Content(Root, "")];

    private static IEnumerable<string> Content(XElement element, string path)
    {
        string here = $"{path}/{element.Name.LocalName}";
        string attributes = string.Concat(element.Attributes().Where(a => !a.IsNamespaceDeclaration).OrderBy(a => a.Name.LocalName, StringComparer.Ordinal).Select(a => $" {a.Name.LocalName}={a.Value}"));
        yield return $"{here}{attributes} {{{element.Name.NamespaceName}}} {(element.HasElements ? "" : element.Value)}";
        foreach (string line in element.Elements().SelectMany(e => Content(e, here))) yield return line;
    }
}
