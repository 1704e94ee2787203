using System.Globalization;
using System.Text;
using System.Xml;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Writes UBL elements: none of them empty, numbers plain, always the same bytes for the same calls.</summary>
internal sealed class UblXml : IDisposable
{
    private const string Components = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    private const string Values = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

    private readonly MemoryStream _bytes = new();
    private readonly XmlWriter _writer;

    /// <param name="root">Invoice or CreditNote.</param>
    public UblXml(string root)
    {
        _writer = XmlWriter.Create(_bytes, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
            Indent = true,
            NewLineChars = "\n",
            // Otherwise a carriage return in a text would be read as a line feed.
            NewLineHandling = NewLineHandling.Entitize,
            CheckCharacters = true,
        });
        _writer.WriteStartDocument();
        _writer.WriteStartElement(root, $"urn:oasis:names:specification:ubl:schema:xsd:{root}-2");
        _writer.WriteAttributeString("xmlns", "cac", null, Components);
        _writer.WriteAttributeString("xmlns", "cbc", null, Values);
    }

    public byte[] ToBytes()
    {
        _writer.WriteEndDocument();
        _writer.Flush();
        return _bytes.ToArray();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _bytes.Dispose();
    }

    /// <summary>An element with elements inside; the caller sees to it that there is at least one.</summary>
    public void Group(string name, Action content)
    {
        _writer.WriteStartElement("cac", name, Components);
        content();
        _writer.WriteEndElement();
    }

    /// <summary>An element of elements that is left out where there is nothing to say.</summary>
    public void GroupIf<T>(string name, T? value, Action<T> content)
    {
        if (value is null || value is string text && string.IsNullOrWhiteSpace(text)) return;
        Group(name, () => content(value));
    }

    /// <summary>A group around nothing but an ID.</summary>
    public void IdGroup(string name, string? id) => GroupIf(name, id, i => Text("ID", i));

    public void Text(string name, string? text, string? attribute = null, string? attributeValue = null)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        _writer.WriteStartElement("cbc", name, Values);
        if (attribute is not null) _writer.WriteAttributeString(attribute, attributeValue);
        _writer.WriteString(text);
        _writer.WriteEndElement();
    }

    public void Date(string name, DateOnly? date) => Text(name, date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public void Flag(string name, bool value) => Text(name, value ? "true" : "false");

    /// <summary>An amount with two decimal places.</summary>
    public void Amount(string name, decimal amount)
    {
        if (Math.Round(amount, 2) != amount) throw new ArgumentOutOfRangeException(nameof(amount), amount, $"{name} has more than two decimal places.");
        Text(name, amount.ToString("0.00", CultureInfo.InvariantCulture), "currencyID", EInvoice.Currency);
    }

    /// <summary>A price with as many decimal places as it has, two at least.</summary>
    public void Price(string name, decimal price) => Text(name, price.ToString("0.00##########################", CultureInfo.InvariantCulture), "currencyID", EInvoice.Currency);

    public void Quantity(string name, decimal quantity, string unitCode) => Text(name, Plain(quantity), "unitCode", unitCode);

    public void Number(string name, decimal? number) => Text(name, number is { } given ? Plain(given) : null);

    public void File(string name, Attachment file)
    {
        _writer.WriteStartElement("cbc", name, Values);
        _writer.WriteAttributeString("mimeCode", file.MediaType);
        _writer.WriteAttributeString("filename", file.FileName);
        _writer.WriteString(Convert.ToBase64String(file.Content.Span));
        _writer.WriteEndElement();
    }

    public void Period(ServicePeriod? period) => GroupIf("InvoicePeriod", period, p =>
    {
        Date("StartDate", p.From);
        Date("EndDate", p.To);
    });

    /// <summary>A tax category; S, E and AE name their rate, O only where the caller gives one.</summary>
    public void TaxCategory(string name, VatCategory category, decimal? rate, string? exemptionCode = null, string? exemptionReason = null) => Group(name, () =>
    {
        Text("ID", category.ToString());
        Number("Percent", rate);
        Text("TaxExemptionReasonCode", exemptionCode);
        Text("TaxExemptionReason", exemptionReason);
        IdGroup("TaxScheme", "VAT");
    });

    private static string Plain(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);
}
