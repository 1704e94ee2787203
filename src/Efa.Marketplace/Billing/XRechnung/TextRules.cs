using System.Xml;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Rules for every text of the invoice.</summary>
internal static class TextRules
{
    public const int ShortLimit = 500;
    public const int LineNameLimit = 1000;
    public const int LongLimit = 8000;

    public static readonly InvoiceRule Characters = new("EFA-CHARACTERS", RuleSubject.Invoice, "",
        "{0} enthält an Stelle {1} ein Zeichen, das XML verbietet.", "{0} has a character at position {1} that XML forbids.");

    public static readonly InvoiceRule Length = new("EFA-LENGTH", RuleSubject.Invoice, "",
        "{0} ist länger als {1} Zeichen.", "{0} is longer than {1} characters.");

    public static IEnumerable<RuleBreach> Check(EInvoice invoice)
    {
        foreach (InvoiceText text in InvoiceText.Of(invoice))
        {
            if (text.Value is null) continue;
            int forbidden = FirstForbidden(text.Value);
            if (forbidden >= 0) yield return new RuleBreach(Characters, text.Subject, text.Field, text.LineId, [text.Field, forbidden + 1]);
            if (text.Value.Length > text.Limit) yield return new RuleBreach(Length, text.Subject, text.Field, text.LineId, [text.Field, text.Limit]);
        }
    }

    private static int FirstForbidden(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) continue;
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) i++;
            else return i;
        }
        return -1;
    }
}
