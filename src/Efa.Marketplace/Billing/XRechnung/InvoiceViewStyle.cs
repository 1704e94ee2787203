namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>How the page to read looks, on a screen and on paper.</summary>
public static class InvoiceViewStyle
{
    /// <summary>The whole content of the page's style element, so that a security policy can name its hash.</summary>
    /// <remarks>Has no character that HTML would encode.</remarks>
    public const string Css =
        ":root{color-scheme:light}"
        + "body{font:1rem/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff;margin:0 auto;max-width:60rem;padding:1.5rem}"
        + "h1{font-size:1.75rem}h2{font-size:1.15rem;margin:0 0 .25rem}section{margin:1rem 0}address{font-style:normal}"
        + ".parties{display:flex;flex-wrap:wrap;gap:2rem}.parties section{flex:1 1 18rem}"
        + "dl{margin:.5rem 0}dl div{display:flex;gap:.75rem}dt{color:#4a4a4a;flex:0 0 12rem}dd{margin:0;overflow-wrap:anywhere}"
        + ".note{white-space:pre-wrap;overflow-wrap:anywhere}td p,td ol{margin:.25rem 0}"
        + ".wide{overflow-x:auto;margin:1.5rem 0}table{border-collapse:collapse;width:100%}"
        + "caption{text-align:left;font-weight:600;font-size:1.15rem;padding-bottom:.25rem}"
        + "th,td{border-bottom:1px solid #767676;padding:.4rem .5rem;text-align:left;vertical-align:top}"
        + ".n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}.total th,.total td{font-weight:700;border-bottom:3px double #1b1b1b}"
        + "footer{color:#4a4a4a;font-size:.875rem}"
        + "@page{size:A4;margin:20mm 15mm}"
        + "@media print{body{max-width:none;padding:0;font-size:10pt}.wide{overflow:visible}thead{display:table-header-group}tr,section{break-inside:avoid}}";
}
