using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering.Contracts;

/// <summary>Why contracts are refused.</summary>
public static class ContractRefusals
{
    public static readonly ErrorCode NumberTaken = ErrorCode.Refusal("CONTRACT_NUMBER_TAKEN",
        "Diese Nummer hat schon ein Vertrag des Anbieters, oder sie gehört zu seiner Nummernfolge auf dem Marktplatz.",
        "A contract of the seller has this number already, or it belongs to the seller's series on the marketplace.");

    public static readonly ErrorCode Ended = ErrorCode.Refusal("CONTRACT_ENDED",
        "Der Vertrag endete am {0}.", "The contract ended on {0}.");

    public static readonly ErrorCode EndedBeforeThisYear = ErrorCode.Refusal("CONTRACT_ENDED_BEFORE_THIS_YEAR",
        "Übernommen wird ein Vertrag, der nicht vor dem {0} endete; was davor liegt, ist anderswo abgerechnet.",
        "A contract is taken over that did not end before {0}; what lies before was billed elsewhere.");

    public static readonly ErrorCode StartTooLate = ErrorCode.Refusal("CONTRACT_START_TOO_LATE",
        "Ein bestehender Vertrag beginnt spätestens am {0}.", "A contract that exists begins on {0} at the latest.");
}
