using Efa.Graph.Engine.Types;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using GraphQL.Types;

namespace Efa.Graph.Billing;

public sealed class FeeChangeInputType : InputType<ChangeFees.Row>
{
    public FeeChangeInputType()
        : base("FeeChangeInput")
    {
        Id("orderId", IdPrefix.Order);
        Add<NonNullGraphType<IntGraphType>>("expectedVersion", "Order.version as the caller read it.");
        Add<NonNullGraphType<IntGraphType>>("effectiveYear", $"First calendar year that is billed by these fees: not after the seller's deadline for it, and at most {ChangeFees.MostYearsAhead} years ahead.");
        Add<NonNullGraphType<DecimalType>>("annualFee", "Net, for a full calendar year; at most two decimals.");
        Add<DecimalType>("nextBillingAmount", "Net, once in place of annualFee.");
        Add<NonNullGraphType<StringGraphType>>("reason", $"Read by all parties; up to {OrderFees.ReasonLength} characters.");
    }

    protected override ChangeFees.Row Read(InputFields fields) => new(
        fields.Get<Guid>("orderId"),
        fields.Get<int>("expectedVersion"),
        fields.Get<int>("effectiveYear"),
        fields.Get<decimal>("annualFee"),
        fields.Optional<decimal?>("nextBillingAmount"),
        fields.Get<string>("reason"));
}

public sealed class ChangeFeesInputType : MutationInputType<ChangeFees.Input>
{
    public ChangeFeesInputType()
        : base("ChangeFeesInput")
    {
        Add<NonNullGraphType<ListGraphType<NonNullGraphType<FeeChangeInputType>>>>("changes", $"Up to {ChangeFees.MostChanges}, each order once.");
        Add<BatchModeType>("mode", defaultValue: BatchMode.Partial);
    }

    protected override ChangeFees.Input ReadInput(InputFields fields) => new(fields.List<ChangeFees.Row>("changes")!, fields.Optional<BatchMode?>("mode") ?? BatchMode.Partial);
}

public sealed class DeadlinePassedErrorType : UserErrorType<DeadlinePassed>
{
    public DeadlinePassedErrorType()
        : base("DeadlinePassedError", "Changes of fees do not reach this year any more.")
    {
        Field<NonNullGraphType<DateType>>("deadline").Description("The last day on which they did.").Resolve(context => context.Source.Deadline);
        Field<NonNullGraphType<IntGraphType>>("nextEffectiveYear").Description("The first year that they still reach.").Resolve(context => context.Source.NextEffectiveYear);
    }
}
