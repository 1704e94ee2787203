using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering;

public sealed partial class Order
{
    /// <summary>Begins without obligation.</summary>
    public void ExpressInterest(DateTimeOffset at, string? note) => Wait(OrderState.InterestExpressed, at, ["state"], note);

    public void StartCoordination(OrderTransition step, DateTimeOffset at, string? note) => Wait(step.To, at, ["state"], note);

    /// <summary>Has new terms to consent to; consents to those before are void.</summary>
    public void SubmitTerms(OrderTransition step, int number, DateTimeOffset at)
    {
        TermsNumber = number;
        CustomerAgrees = SellerAgrees = false;
        Wait(step.To, at, ["state", "agreedTerms", "termsVersions"], note: null);
    }

    /// <summary>The customer or the seller stands by the newest terms.</summary>
    public void ConsentToTerms(Guid organisationId, DateTimeOffset at)
    {
        CustomerAgrees |= organisationId == OrderedById;
        SellerAgrees |= organisationId == SellerId;
        if (CustomerAgrees && SellerAgrees) Wait(OrderState.TermsAgreed, at, ["state", "agreedTerms", "termsVersions"], note: null);
        else Wait(State, at, ["agreedTerms", "termsVersions"], note: null, "order.terms-consented");
    }

    /// <summary>Nobody has taken the next step in time.</summary>
    public void Expire() => Move(OrderState.Expired, EventType(OrderState.Expired), ["state"], note: null, State);

    /// <summary>Binds the order, or has it wait until others have approved it.</summary>
    public void Place(string actor, int approvalsNeeded, DateTimeOffset at)
    {
        PlacedBy = actor;
        ApprovalsNeeded = approvalsNeeded;
        // An order that was there before is said only now to whom, from when on and for how much.
        string[] named = Version == 0 ? [] : ["billTo", "startsOn", "purchaseOrderNumber", "sellerNumber", "eligibility", "fees", "termsAcceptances"];
        if (approvalsNeeded > 0) Wait(OrderState.AwaitingApproval, at, ["state", .. named], note: null);
        else Bind(at, ["state", "number", "placedAt", .. named]);
    }

    /// <summary>Another one approves; the last that is needed binds the order.</summary>
    public void Approve(string actor, DateTimeOffset at)
    {
        Approvals = [.. Approvals, new OrderApproval(actor, at)];
        if (Approvals.Count < ApprovalsNeeded) Wait(State, at, ["approvals", "eligibility"], note: null, "order.approved");
        else Bind(at, ["state", "number", "placedAt", "approvals", "eligibility"]);
    }

    public void NumberAs(string number) => Number = number;

    public void IsUnder(string contractNumber) => ContractNumber = contractNumber;

    /// <summary>Begins as what was concluded elsewhere: it runs already, to a last day where that is known.</summary>
    public void Import(int termsNumber, DateOnly activeFrom, DateOnly? endsOn)
    {
        TermsNumber = termsNumber;
        ActiveFrom = activeFrom;
        TerminationOn = EndsOn = endsOn;
        CustomerAgrees = SellerAgrees = true;
        string[] ends = endsOn is null ? [] : ["terminationOn", "endsOn"];
        Move(endsOn is null ? OrderState.Active : OrderState.Terminated, "order.imported", ["state", "number", "activeFrom", "agreedTerms", "fees", .. ends], note: null, from: null);
    }

    /// <summary>Takes a step of the table.</summary>
    public void Take(OrderTransition step, string? note) => Move(step.To, EventType(step.To), ["state"], note, State);

    /// <summary>Has its contracts from now on, and where it is provisioned automatically that begins.</summary>
    public void Accept(OrderTransition step, bool isProvisioned) =>
        Move(step.To, EventType(step.To), isProvisioned ? ["state", "contracts", "provisioning"] : ["state", "contracts"], note: null, State);

    /// <summary>The supplier's broker has not managed it; a person is to go on.</summary>
    public void FailProvisioning() => Move(State, "order.provisioning-failed", ["provisioning"], note: null, State);

    /// <summary>The supplier's broker has not managed to remove what it had provisioned; a person is to see to it.</summary>
    public void FailRemoval() => Move(State, "order.removal-failed", ["provisioning"], note: null, State);

    /// <summary>Goes live.</summary>
    public void Activate(OrderTransition step, DateOnly activeFrom)
    {
        ActiveFrom = activeFrom;
        Move(step.To, EventType(step.To), ["state", "activeFrom"], note: null, State);
    }

    /// <summary>A party gives notice; its side stands by the day.</summary>
    public void RequestTermination(OrderTransition step, DateOnly lastDay, string? reason)
    {
        TerminationOn = lastDay;
        CustomerAgrees = step.By == OrganisationRole.Customer;
        SellerAgrees = !CustomerAgrees;
        Move(step.To, EventType(step.To), ["state", "terminationOn"], reason, State);
    }

    /// <summary>Ends with the day of the notice, which may be still to come.</summary>
    public void Terminate(OrderTransition step)
    {
        EndsOn = TerminationOn;
        CustomerAgrees = SellerAgrees = true;
        Move(step.To, EventType(step.To), ["state", "endsOn"], note: null, State);
    }

    /// <summary>Whether a party's side stands by what is proposed at this state.</summary>
    public bool StandsBy(OrganisationRole role) => role == OrganisationRole.Customer ? CustomerAgrees : SellerAgrees;

    /// <summary>The organisation that is the order's party in a role.</summary>
    public Guid Party(OrganisationRole role) => role switch
    {
        OrganisationRole.Seller => SellerId,
        OrganisationRole.Supplier => SupplierId,
        OrganisationRole.Customer or OrganisationRole.Aggregator => OrderedById,
        OrganisationRole.Client => Users[0].OrganisationId,
        OrganisationRole.Operator => throw new ArgumentOutOfRangeException(nameof(role), role, "The operator is no party of an order."),
    };

    /// <summary>Where a step leads as the order stands: it stays until all have taken it who have to.</summary>
    public OrderState Target(OrderTransition step) => step.Mutation switch
    {
        OrderTransitions.ConsentToTerms when !CustomerAgrees && !SellerAgrees && OrderedById != SellerId => State,
        OrderTransitions.Approve when Approvals.Count + 1 < ApprovalsNeeded => State,
        _ => step.To,
    };

    private OrderState? Before => Version == 0 ? null : State;

    private void Bind(DateTimeOffset at, IReadOnlyList<string> changed)
    {
        PlacedAt = at;
        Move(OrderState.Placed, EventType(OrderState.Placed), changed, note: null, Before);
    }

    private void Wait(OrderState to, DateTimeOffset at, IReadOnlyList<string> changed, string? note, string? type = null)
    {
        WaitingSince = at;
        Move(to, type ?? EventType(to), changed, note, Before);
    }

    private void Move(OrderState to, string type, IReadOnlyList<string> changed, string? note, OrderState? from)
    {
        State = to;
        Record(type, changed, from is { } state ? ApiName.Of(state) : null, ApiName.Of(to), note);
    }

    private static string EventType(OrderState to) => to switch
    {
        OrderState.InterestExpressed => "order.interest-expressed",
        OrderState.InCoordination => "order.coordination-started",
        OrderState.TermsSubmitted => "order.terms-submitted",
        OrderState.TermsAgreed => "order.terms-agreed",
        OrderState.AwaitingApproval => "order.approval-awaited",
        OrderState.Placed => "order.placed",
        OrderState.Accepted => "order.accepted",
        OrderState.Rejected => "order.rejected",
        OrderState.Provisioning => "order.provisioning",
        OrderState.Active => "order.activated",
        OrderState.TerminationRequested => "order.termination-requested",
        OrderState.Terminated => "order.terminated",
        OrderState.Withdrawn => "order.withdrawn",
        OrderState.Expired => "order.expired",
    };
}
