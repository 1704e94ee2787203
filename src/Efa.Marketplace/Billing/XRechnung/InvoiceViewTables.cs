using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Tables of the page to read: each with a caption, and a header for each column and row.</summary>
internal static class InvoiceViewTables
{
    public static void Lines(HtmlPage page, IReadOnlyList<EInvoiceLine> lines)
    {
        Begin(page, "Positionen", "Pos.", "Leistung", "Menge", "Einheit", "Einzelpreis", "Steuer", "Netto");
        foreach (EInvoiceLine line in lines)
        {
            page.Add($"""<tr><th scope="row">{line.Id}</th><td>""");
            What(page, line);
            page.Add($"""</td><td class="n">{HtmlPage.Number(line.Quantity)}</td><td>{UnitCodes.WordOf(line.UnitCode)}</td><td class="n">{PriceOf(line)}</td>""");
            page.Add($"""<td>{RateOf(line.Tax.Category, line.Tax.Rate)}</td><td class="n">{HtmlPage.Sum(line.Net)}</td></tr>""");
        }
        End(page);
    }

    public static void Allowances(HtmlPage page, IReadOnlyList<DocumentAllowance> allowances)
    {
        Begin(page, "Nachlässe", "Grund", "Grundbetrag", "Satz", "Steuer", "Nachlass");
        foreach (DocumentAllowance allowance in allowances)
        {
            page.Add($"""<tr><th scope="row">{allowance.Reason ?? "Nachlass"}</th><td class="n">{(allowance.Base is { } from ? HtmlPage.Sum(from) : "")}</td>""");
            page.Add($"""<td class="n">{(allowance.Percent is { } percent ? Percent(percent) : "")}</td><td>{RateOf(allowance.Category, allowance.Rate)}</td><td class="n">{HtmlPage.Sum(-allowance.Amount)}</td></tr>""");
        }
        End(page);
    }

    public static void Taxes(HtmlPage page, IReadOnlyList<TaxSubtotal> taxes)
    {
        Begin(page, "Umsatzsteuer", "Steuer", "Grund", "Netto", "Steuerbetrag");
        foreach (TaxSubtotal tax in taxes)
        {
            page.Add($"""<tr><th scope="row">{RateOf(tax.Category, tax.Rate)}</th><td>{tax.ExemptionReason}</td>""");
            page.Add($"""<td class="n">{HtmlPage.Sum(tax.Taxable)}</td><td class="n">{HtmlPage.Sum(tax.Tax)}</td></tr>""");
        }
        End(page);
    }

    public static void Totals(HtmlPage page, EInvoice invoice)
    {
        DocumentTotals totals = invoice.Totals;
        Begin(page, "Summen", "Summe", "Betrag");
        if (totals.Allowances != 0)
        {
            Row(page, "Positionen", totals.Lines);
            Row(page, "Nachlässe", -totals.Allowances);
        }
        Row(page, "Netto", totals.Net);
        Row(page, "Umsatzsteuer", totals.Tax);
        Row(page, "Brutto", totals.Gross);
        page.Add($"""<tr class="total"><th scope="row">{(invoice.Kind == InvoiceKind.CreditNote ? "Korrekturbetrag zu Ihren Gunsten" : "Zu zahlen")}</th><td class="n">{HtmlPage.Sum(totals.Payable)}</td></tr>""");
        End(page);
    }

    private static void What(HtmlPage page, EInvoiceLine line)
    {
        page.Add($"<strong>{line.Name}</strong>");
        if (!string.IsNullOrWhiteSpace(line.Description)) page.Add($"""<p class="note">{line.Description}</p>""");
        if (!string.IsNullOrWhiteSpace(line.Note)) page.Add($"""<p class="note">{line.Note}</p>""");
        if (line.Period is { } period) page.Add($"<p>{period.From} bis {period.To}</p>");
        if (!string.IsNullOrWhiteSpace(line.ItemNumber)) page.Add($"<p>Artikel {line.ItemNumber}</p>");
        foreach (ItemAttribute attribute in line.Attributes) page.Add($"<p>{attribute.Name}: {attribute.Value}</p>");
        if (line.Steps.Count == 0) return;
        page.Add($"<p>So kommt der Betrag zustande:</p><ol>");
        foreach (PriceStep step in line.Steps)
            page.Add($"<li>{PriceText.OfStep(step.Code, Language.German)}: {step.Formula} = {HtmlPage.Number(step.Result)}</li>");
        page.Add($"</ol>");
    }

    private static string PriceOf(EInvoiceLine line) =>
        line.BaseQuantity == 1 ? HtmlPage.Price(line.Price) : $"{HtmlPage.Price(line.Price)} je {HtmlPage.Number(line.BaseQuantity)} {UnitCodes.WordOf(line.UnitCode)}";

    private static string RateOf(VatCategory category, decimal? rate) => category switch
    {
        VatCategory.S => Percent(rate ?? 0),
        VatCategory.E => "steuerfrei",
        VatCategory.O => "nicht steuerbar",
        VatCategory.AE => "Steuerschuld der Empfängerin",
    };

    private static string Percent(decimal percent) => HtmlPage.Number(percent) + "\u00a0%";

    private static void Row(HtmlPage page, string name, decimal amount) =>
        page.Add($"""<tr><th scope="row">{name}</th><td class="n">{HtmlPage.Sum(amount)}</td></tr>""");

    // Wide tables scroll by themselves on a narrow screen; who has no mouse reaches that region with the tab key.
    private static void Begin(HtmlPage page, string caption, params ReadOnlySpan<string> columns)
    {
        page.Add($"""<div class="wide" role="region" aria-label="{caption}" tabindex="0"><table><caption>{caption}</caption><thead><tr>""");
        foreach (string column in columns) page.Add($"""<th scope="col">{column}</th>""");
        page.Add($"</tr></thead><tbody>");
    }

    private static void End(HtmlPage page) => page.Add($"</tbody></table></div>");
}
