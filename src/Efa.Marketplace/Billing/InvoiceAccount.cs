using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Billing;

/// <summary>Whether an invoice is paid.</summary>
public enum PaymentState { Open, PartiallyPaid, Paid, Overpaid, Cancelled }

/// <summary>What becomes of an invoice after its issue: what is paid and credited, what the buyer answers, whether it reaches him.</summary>
/// <remarks>
/// Invoices never change, so this stands beside them. Both have one id: in the log it is the invoice to which something happens. Callers only add
/// to it, so they need not know its version.
/// </remarks>
public sealed class InvoiceAccount : Aggregate
{
    public override string Kind => IdPrefix.Invoice;

    public override IEnumerable<Guid> Parties => [SellerId, BuyerId];

    public Guid SellerId { get; init; }

    public Guid BuyerId { get; init; }

    public InvoiceKind InvoiceKind { get; init; }

    public decimal Gross { get; init; }

    /// <summary>Of the document as issued: so the audit log, which hashes this row, answers for the document too.</summary>
    public string XmlSha256 { get; private set; } = "";

    public decimal Paid { get; private set; }

    /// <summary>Sum of its credit notes.</summary>
    public decimal Credited { get; private set; }

    /// <summary>What the buyer still owes; negative where he gets money back. A credit note is set off at once, so nothing of it is outstanding.</summary>
    public decimal Outstanding { get; private set; }

    public PaymentState PaymentState { get; private set; }

    /// <summary>Whether a corrected invoice stands in its place.</summary>
    public bool IsReplaced { get; private set; }

    /// <summary>What the buyer said last.</summary>
    public InvoiceResponse? Response { get; private set; }

    public DeliveryState DeliveryState { get; private set; }

    /// <summary>Oldest first; few, because trying ends.</summary>
    public IReadOnlyList<DeliveryAttempt> DeliveryAttempts { get; private set; } = [];

    public List<Payment> Payments { get; init; } = [];

    public static InvoiceAccount Open(Invoice invoice)
    {
        var account = new InvoiceAccount { Id = invoice.Id, SellerId = invoice.SellerId, BuyerId = invoice.BuyerId, InvoiceKind = invoice.InvoiceKind, Gross = invoice.Gross };
        account.Balance();
        account.Record("invoice.issued", ["number"], to: ApiName.Of(account.PaymentState));
        return account;
    }

    /// <summary>What was issued; inside the commit, after the number.</summary>
    public void Keep(InvoiceDocument document) => XmlSha256 = document.Sha256;

    public void Receive(Payment payment)
    {
        PaymentState before = PaymentState;
        Payments.Add(payment);
        Paid += payment.Amount;
        Balance();
        Record("invoice.paid", ["payments", "paid", "outstanding", "paymentState"], ApiName.Of(before), ApiName.Of(PaymentState));
    }

    /// <summary>Takes a credit note over so much into account.</summary>
    public void Credit(decimal gross, string reason)
    {
        PaymentState before = PaymentState;
        Credited += gross;
        Balance();
        Record("invoice.credited", ["credited", "correctedBy", "outstanding", "paymentState"], ApiName.Of(before), ApiName.Of(PaymentState), reason);
    }

    /// <summary>A corrected invoice takes this one's place, and with it what was paid.</summary>
    public void GiveWayTo(InvoiceAccount correction, string reason)
    {
        PaymentState before = PaymentState;
        foreach (Payment payment in Payments) payment.InvoiceId = correction.Id;
        (correction.Paid, Paid, IsReplaced) = (Paid, 0, true);
        correction.Balance();
        Balance();
        Record("invoice.replaced", ["correctedBy", "payments", "paid", "outstanding", "paymentState"], ApiName.Of(before), ApiName.Of(PaymentState), reason);
    }

    public void Answer(InvoiceResponse response, string? note)
    {
        string? before = Response is { } last ? ApiName.Of(last) : null;
        Response = response;
        Record("invoice.answered", ["response"], before, ApiName.Of(response), note);
    }

    /// <summary>Keeps an attempt to deliver, if there was one, and how things stand now.</summary>
    public void Deliver(DeliveryAttempt? attempt, DeliveryState state)
    {
        DeliveryState before = DeliveryState;
        DeliveryState = state;
        if (attempt is not null) DeliveryAttempts = [.. DeliveryAttempts, attempt];
        Record(DeliveryEvent(state), ["deliveryState", "deliveryAttempts"], ApiName.Of(before), ApiName.Of(state));
    }

    private void Balance()
    {
        bool settled = IsReplaced || InvoiceKind == InvoiceKind.CreditNote;
        Outstanding = settled ? 0 : Gross - Credited - Paid;
        PaymentState = IsReplaced || Credited == Gross ? PaymentState.Cancelled
            : settled || Outstanding == 0 ? PaymentState.Paid
            : Outstanding < 0 ? PaymentState.Overpaid
            : Paid == 0 ? PaymentState.Open
            : PaymentState.PartiallyPaid;
    }

    private static string DeliveryEvent(DeliveryState state) => state switch
    {
        DeliveryState.Delivered => "invoice.delivered",
        DeliveryState.Retrying => "invoice.delivery-delayed",
        DeliveryState.Failed => "invoice.delivery-failed",
        DeliveryState.Pending => throw new ArgumentOutOfRangeException(nameof(state), state, "Nothing leads back there."),
    };
}

/// <summary>Money received for an invoice.</summary>
public sealed class Payment
{
    public const int ReferenceLength = 200;

    public Guid Id { get; init; }

    /// <summary>Moves on where a corrected invoice takes the place of the one that was paid.</summary>
    public Guid InvoiceId { get; set; }

    public decimal Amount { get; init; }

    public DateOnly ReceivedOn { get; init; }

    /// <summary>What the payer wrote.</summary>
    public required string Reference { get; init; }

    public DateTimeOffset RecordedAt { get; init; }
}
