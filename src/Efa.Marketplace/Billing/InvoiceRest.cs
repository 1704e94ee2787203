using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Billing;

/// <summary>What of an invoice is not credited yet, line by line and tax by tax.</summary>
/// <param name="Invoice">With lines and taxes.</param>
/// <param name="Credits">Its credit notes, with lines and taxes.</param>
internal sealed record InvoiceRest(Invoice Invoice, IReadOnlyList<Invoice> Credits)
{
    /// <summary>The lines of which something is left.</summary>
    public IEnumerable<LineRest> Lines => Invoice.Lines.OrderBy(l => l.Position).Select(Of).Where(l => l.Net > 0);

    public bool IsWhole => Credits.Count == 0;

    public LineRest? Line(int position) => Lines.FirstOrDefault(l => l.Line.Position == position);

    /// <summary>
    /// The tax that a credit takes back: what was charged on all that was not credited so far, less what is to be charged on what is left. So credits
    /// of everything add up to the tax of the invoice, also where the tax of each credit, computed alone, would be a cent off.
    /// </summary>
    public IEnumerable<InvoiceTax> TaxesOf(Guid creditId, IReadOnlyList<LineCredit> lines)
    {
        int position = 0;
        foreach (InvoiceTax tax in Invoice.Taxes.OrderBy(t => t.Position))
        {
            decimal net = lines.Where(l => IsOf(l.Line, tax)).Sum(l => l.Net);
            if (net == 0) continue;
            InvoiceTax[] credited = [.. Credits.SelectMany(c => c.Taxes).Where(t => (t.Treatment, t.Rate, t.ExemptionReason) == (tax.Treatment, tax.Rate, tax.ExemptionReason))];
            decimal left = tax.Taxable - credited.Sum(t => t.Taxable) - net;
            yield return new InvoiceTax
            {
                InvoiceId = creditId,
                Position = ++position,
                Treatment = tax.Treatment,
                Rate = tax.Rate,
                ExemptionReason = tax.ExemptionReason,
                Taxable = net,
                Tax = tax.Tax - credited.Sum(t => t.Tax) - Cents.Round(left * (tax.Rate ?? 0) / 100m),
            };
        }
    }

    private LineRest Of(InvoiceLine line)
    {
        InvoiceLine[] credited = [.. Credits.SelectMany(c => c.Lines).Where(l => l.Position == line.Position)];
        // Days of a line that was billed as a year or in months are such a share of it as they cost.
        decimal quantity = credited.Sum(c => c.UnitCode == line.UnitCode ? c.Quantity : line.Quantity * c.Net / line.Net);
        return new LineRest(line, Math.Max(Math.Round(line.Quantity - quantity, 6), LineRest.Smallest), line.Net - credited.Sum(c => c.Net));
    }

    private static bool IsOf(InvoiceLine line, InvoiceTax tax) => (line.TaxTreatment, line.TaxRate, line.ExemptionReason) == (tax.Treatment, tax.Rate, tax.ExemptionReason);
}

/// <summary>What of a line is not credited yet.</summary>
internal sealed record LineRest(InvoiceLine Line, decimal Quantity, decimal Net)
{
    public const decimal Smallest = 0.000001m;

    public LineCredit All() => new(Line, Quantity, Line.UnitCode, Line.BaseQuantity, Net, Line.PeriodFrom, Line.PeriodTo,
        [new PriceStep(PriceStepCodes.CreditRest, $"{Figures.Sum(Line.Net)} − {Figures.Sum(Line.Net - Net)}", Net)]);

    /// <summary>So much of it, at its price; null where that is less than a cent.</summary>
    public LineCredit? Of(decimal quantity)
    {
        if (quantity == Quantity) return All();
        decimal price = Cents.Round(quantity * Line.UnitPrice / Line.BaseQuantity);
        decimal net = Math.Min(price, Net);
        if (net == 0) return null;
        string share = Line.BaseQuantity == 1 ? Figures.Number(quantity) : $"{Figures.Number(quantity)} / {Figures.Number(Line.BaseQuantity)}";
        return new LineCredit(Line, quantity, Line.UnitCode, Line.BaseQuantity, net, Line.PeriodFrom, Line.PeriodTo,
            [new PriceStep(PriceStepCodes.CreditShare, $"{Figures.Sum(Line.UnitPrice)} × {share}", price), .. AtMostRest(price)]);
    }

    /// <summary>The days after a last one: what was billed, less what is to be paid up to that day; null where that is nothing, or credited already.</summary>
    public LineCredit? After(DateOnly lastDay)
    {
        IReadOnlyList<PriceStep> used = ShortenedLine.Used(Line.UnitCode, Line.UnitPrice, Line.BaseQuantity, Line.PeriodFrom, Line.PeriodTo, lastDay);
        decimal ended = Line.Net - used.Sum(s => s.Result);
        if (Math.Min(ended, Net) <= 0) return null;
        DateOnly from = lastDay < Line.PeriodFrom ? Line.PeriodFrom : lastDay.AddDays(1);
        int days = ShortenedLine.DaysBetween(from, Line.PeriodTo);
        decimal baseQuantity = Line.UnitCode switch
        {
            ShortenedLine.Days => Line.BaseQuantity,
            ShortenedLine.Months => days,
            _ => ShortenedLine.DaysBetween(Line.PeriodFrom, Line.PeriodTo),
        };
        string less = used.Count == 0 ? Figures.Sum(0) : string.Join(" − ", used.Select(s => Figures.Sum(s.Result)));
        return new LineCredit(Line, days, ShortenedLine.Days, baseQuantity, Math.Min(ended, Net), from, Line.PeriodTo,
            [.. used, new PriceStep(PriceStepCodes.CreditEnded, $"{Figures.Sum(Line.Net)} − {less}", ended), .. AtMostRest(ended)]);
    }

    private IEnumerable<PriceStep> AtMostRest(decimal net) =>
        net > Net ? [new PriceStep(PriceStepCodes.CreditMost, $"min({Figures.Sum(net)}; {Figures.Sum(Net)})", Net)] : [];
}

/// <summary>What a credit note takes back of a line.</summary>
internal sealed record LineCredit(
    InvoiceLine Line, decimal Quantity, string UnitCode, decimal BaseQuantity, decimal Net, DateOnly PeriodFrom, DateOnly PeriodTo, IReadOnlyList<PriceStep> Steps);

/// <summary>Reads invoices together with their credit notes.</summary>
internal static class InvoiceRests
{
    /// <summary>By id. Decide on it only while the accounts are held.</summary>
    public static async Task<IReadOnlyList<InvoiceRest>> RestsAsync(this MarketContext context, IReadOnlyCollection<Guid> invoiceIds, CancellationToken cancellationToken)
    {
        // One command, because others wait meanwhile; taxes are few.
        List<Invoice> all = await context.Set<Invoice>().AsNoTracking().Include(i => i.Lines).Include(i => i.Taxes).AsSingleQuery()
            .Where(i => invoiceIds.Contains(i.Id) || (i.InvoiceKind == InvoiceKind.CreditNote && invoiceIds.Contains(i.CorrectsId!.Value))).ToListAsync(cancellationToken);
        ILookup<Guid?, Invoice> credits = all.Where(i => i.InvoiceKind == InvoiceKind.CreditNote).ToLookup(i => i.CorrectsId);
        return [.. all.Where(i => i.InvoiceKind != InvoiceKind.CreditNote && invoiceIds.Contains(i.Id)).OrderBy(i => i.Id).Select(i => new InvoiceRest(i, [.. credits[i.Id]]))];
    }
}
