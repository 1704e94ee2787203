namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Who can mend a broken rule.</summary>
public enum RuleSubject
{
    /// <summary>Master data of the seller.</summary>
    Seller,

    /// <summary>Master data of the buyer.</summary>
    Buyer,

    /// <summary>The invoice itself.</summary>
    Invoice,

    /// <summary>A line, and so the order that it bills.</summary>
    Line,

    /// <summary>An order of which a part has no price yet; it alone waits, and what else its buyer owes is billed.</summary>
    Order,
}

/// <summary>A rule that an e-invoice keeps before it is issued.</summary>
/// <param name="Id">Official id, such as BR-DE-15, or ours, such as EFA-DUE-DATE.</param>
/// <param name="Field">What to mend, in the API's words: address.city, leitwegId.</param>
public sealed record InvoiceRule(string Id, RuleSubject Subject, string Field, Text Text)
{
    public InvoiceRule(string id, RuleSubject subject, string field, string german, string english)
        : this(id, subject, field, new Text(german, english))
    {
    }

    /// <summary>Further official rules that the same fault breaks.</summary>
    public IReadOnlyList<string> AlsoBreaks { get; init; } = [];

    /// <param name="values">For the placeholders of the text.</param>
    public RuleBreach Broken(params object?[] values) => new(this, Subject, Field, null, values);

    public RuleBreach BrokenBy(EInvoiceLine line, params object?[] values) => new(this, Subject, Field, line.Id, values);
}

/// <summary>A rule that an e-invoice breaks, and where.</summary>
/// <param name="LineId">BT-126 of the line; null where it is not about one line.</param>
public sealed record RuleBreach(InvoiceRule Rule, RuleSubject Subject, string Field, string? LineId, IReadOnlyList<object?> Values)
{
    public string Message(Language language) => Rule.Text.In(language, [.. Values]);

    public override string ToString() => $"{Rule.Id} {Subject} {LineId} {Field}: {Message(Language.English)}";
}
