namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>An e-invoice (EN 16931): all that its XML and its page to read say, and nothing that is looked up later.</summary>
/// <remarks>What the rules ask for may be missing here, so that <see cref="InvoiceRules"/> can say so. Amounts are EUR.</remarks>
public sealed record EInvoice
{
    public const string Currency = "EUR";

    public required InvoiceKind Kind { get; init; }

    /// <summary>BT-1; null for a draft.</summary>
    public string? Number { get; init; }

    /// <summary>BT-2.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>BT-9.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>BG-1.</summary>
    public IReadOnlyList<DocumentNote> Notes { get; init; } = [];

    /// <summary>BT-10: the buyer's Leitweg-ID.</summary>
    public string? BuyerReference { get; init; }

    /// <summary>BT-12: the contract, or the order that it is.</summary>
    public string? ContractReference { get; init; }

    /// <summary>BT-13: the number that the buyer gave the order.</summary>
    public string? PurchaseOrder { get; init; }

    /// <summary>BT-14: the number that the seller gave the order.</summary>
    public string? SalesOrder { get; init; }

    /// <summary>BT-19: where the buyer books it.</summary>
    public string? BookingReference { get; init; }

    /// <summary>BG-14: when what is billed was served (§ 14 (4) no. 6 UStG).</summary>
    public ServicePeriod? Period { get; init; }

    /// <summary>BG-3: the invoice that is credited or replaced.</summary>
    public PrecedingInvoice? Corrects { get; init; }

    /// <summary>BG-24.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    public required EInvoiceParty Seller { get; init; }

    public required EInvoiceParty Buyer { get; init; }

    /// <summary>BG-16.</summary>
    public PaymentMeans? Payment { get; init; }

    /// <summary>BT-20.</summary>
    public string? PaymentTerms { get; init; }

    /// <summary>BG-20.</summary>
    public IReadOnlyList<DocumentAllowance> Allowances { get; init; } = [];

    /// <summary>BG-25.</summary>
    public required IReadOnlyList<EInvoiceLine> Lines { get; init; }

    /// <summary>BG-23, made by <see cref="InvoiceSums.Complete"/>.</summary>
    public IReadOnlyList<TaxSubtotal> Taxes { get; init; } = [];

    /// <summary>BG-22, made by <see cref="InvoiceSums.Complete"/>.</summary>
    public DocumentTotals Totals { get; init; } = new();
}

/// <summary>A note on the whole invoice (BG-1).</summary>
/// <param name="Subject">UNTDID 4451: AAI is general information, ACD the reason of a correction.</param>
public sealed record DocumentNote(string Text, string Subject = DocumentNote.General)
{
    public const string General = "AAI";
    public const string Reason = "ACD";
}

/// <summary>First and last day of service.</summary>
public sealed record ServicePeriod(DateOnly From, DateOnly To);

/// <summary>An invoice issued before, that this one credits or replaces.</summary>
public sealed record PrecedingInvoice(string Number, DateOnly IssuedOn);

/// <summary>A file inside the invoice, such as the calculation as csv.</summary>
/// <param name="Id">BT-122: what the file is called in the invoice's texts.</param>
public sealed record Attachment(string Id, string FileName, ReadOnlyMemory<byte> Content, string? Description = null, string MediaType = Attachment.Csv)
{
    public const string Csv = "text/csv";
}

/// <summary>How to pay (BG-16).</summary>
/// <param name="Code">UNTDID 4461.</param>
/// <param name="Reference">BT-83: what the payment must name.</param>
public sealed record PaymentMeans(string Code, string? Reference, string? Iban = null, string? AccountName = null, string? Bic = null)
{
    public const string Transfer = "30";
    public const string SepaTransfer = "58";
    public const string SepaDebit = "59";

    /// <summary>Set off against what the buyer owes: no account is needed.</summary>
    public const string SetOff = "97";
}

/// <summary>Sums of an invoice (BG-22).</summary>
/// <param name="Lines">BT-106.</param>
/// <param name="Allowances">BT-107.</param>
/// <param name="Net">BT-109.</param>
/// <param name="Tax">BT-110.</param>
/// <param name="Gross">BT-112.</param>
/// <param name="Payable">BT-115.</param>
public sealed record DocumentTotals(decimal Lines = 0, decimal Allowances = 0, decimal Net = 0, decimal Tax = 0, decimal Gross = 0, decimal Payable = 0);
