using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>HTML whose values are always encoded: what stands between braces can never become markup.</summary>
internal sealed class HtmlPage
{
    private static readonly CultureInfo German = Language.German.Culture();
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text = new();

    public void Add([InterpolatedStringHandlerArgument("")] ref Template template) => _text.Append('\n');

    public override string ToString() => _text.ToString();

    public static string Sum(decimal amount) => amount.ToString("#,##0.00", German) + "\u00a0EUR";

    public static string Price(decimal price) => price.ToString("#,##0.00##########", German) + "\u00a0EUR";

    public static string Number(decimal number) => number.ToString("#,##0.############", German);

    /// <summary>Literal parts of a template are markup, all others text.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Template
    {
        private readonly StringBuilder _text;

        public Template(int literalLength, int formattedCount, HtmlPage page) => _text = page._text;

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(string? text) => _text.Append(Encoder.Encode(text ?? ""));

        public void AppendFormatted(DateOnly date) => _text.Append(date.ToString("dd.MM.yyyy", German));
    }
}
