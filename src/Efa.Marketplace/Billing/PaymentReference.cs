using System.Text.RegularExpressions;

namespace Efa.Marketplace.Billing;

/// <summary>Finds the number of an invoice in what a payer wrote.</summary>
internal static class PaymentReference
{
    /// <summary>Whether a text names the invoice, or the one that it replaces: in any case, and however its parts are set apart.</summary>
    public static bool Names(string text, Invoice invoice) => Has(text, invoice.Number) || (invoice.Corrects is { } replaced && Has(text, replaced.Number));

    private static bool Has(string text, string number)
    {
        IEnumerable<string> parts = Regex.Split(number, "[^A-Za-z0-9]+", RegexOptions.CultureInvariant).Select(Regex.Escape);
        // Bounded on both sides, so that 000012 does not stand in 0000123.
        string pattern = $"(?<![A-Za-z0-9]){string.Join("[^A-Za-z0-9]*", parts)}(?![A-Za-z0-9])";
        return Regex.IsMatch(text, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }
}
