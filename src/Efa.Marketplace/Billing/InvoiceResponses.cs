using System.Collections.Frozen;

namespace Efa.Marketplace.Billing;

/// <summary>What a buyer says to an invoice, as in the Peppol invoice response: AB, IP, UQ, CA, RE, AP and PD.</summary>
public enum InvoiceResponse { Acknowledged, InProcess, UnderQuery, ConditionallyAccepted, Rejected, Accepted, Paid }

/// <summary>Which response may follow which: a decision is not taken back, and what is rejected or paid is at its end.</summary>
public static class InvoiceResponses
{
    private static readonly FrozenDictionary<InvoiceResponse, InvoiceResponse[]> Following = new Dictionary<InvoiceResponse, InvoiceResponse[]>
    {
        [InvoiceResponse.Acknowledged] = [InvoiceResponse.InProcess, InvoiceResponse.UnderQuery, InvoiceResponse.ConditionallyAccepted, InvoiceResponse.Rejected, InvoiceResponse.Accepted, InvoiceResponse.Paid],
        [InvoiceResponse.InProcess] = [InvoiceResponse.UnderQuery, InvoiceResponse.ConditionallyAccepted, InvoiceResponse.Rejected, InvoiceResponse.Accepted, InvoiceResponse.Paid],
        [InvoiceResponse.UnderQuery] = [InvoiceResponse.InProcess, InvoiceResponse.ConditionallyAccepted, InvoiceResponse.Rejected, InvoiceResponse.Accepted, InvoiceResponse.Paid],
        [InvoiceResponse.ConditionallyAccepted] = [InvoiceResponse.Accepted, InvoiceResponse.Paid],
        [InvoiceResponse.Accepted] = [InvoiceResponse.Paid],
        [InvoiceResponse.Rejected] = [],
        [InvoiceResponse.Paid] = [],
    }.ToFrozenDictionary();

    /// <summary>All of them, where nothing was said yet.</summary>
    public static IReadOnlyList<InvoiceResponse> After(InvoiceResponse? last) => last is { } said ? Following[said] : Enum.GetValues<InvoiceResponse>();

    /// <summary>Whether the buyer must say why.</summary>
    public static bool NeedsNote(InvoiceResponse response) => response is InvoiceResponse.UnderQuery or InvoiceResponse.ConditionallyAccepted or InvoiceResponse.Rejected;
}
