using Efa.Graph.Engine.Types;
using Efa.Marketplace.Events;
using Efa.Marketplace.Organisations;
using GraphQL.Types;

namespace Efa.Graph.Organisations;

public sealed class ApprovalRuleType : ObjectGraphType<ApprovalRule>
{
    public ApprovalRuleType()
    {
        Name = "ApprovalRule";
        Description = "Orders of more than amountAbove bind only after so many approvals by others than who placed them. What is compared is the gross sum of the quote's first year, or of a coordinated order the agreed annual fee and one-time fee, net.";
        Field<MoneyType>("amountAbove").Description("Null: all orders.").Resolve(context => context.Source.AmountAbove);
        Field<NonNullGraphType<IntGraphType>>("approvals").Resolve(context => context.Source.Approvals);
    }
}

public sealed class ApprovalRuleInputType : InputType<ApprovalRule>
{
    public ApprovalRuleInputType()
        : base("ApprovalRuleInput")
    {
        Add<DecimalType>("amountAbove", "0 or more, at most 2 decimal places; all orders where it is left out.");
        Add<IntGraphType>("approvals", $"1 to {ApprovalRule.MostApprovals}.", defaultValue: 1);
    }

    protected override ApprovalRule Read(InputFields fields) => new(fields.Optional<decimal?>("amountAbove"), fields.Optional<int?>("approvals") ?? 1);
}

public sealed class SetApprovalRulesInputType : MutationInputType<SetApprovalRules.Input>
{
    public SetApprovalRulesInputType()
        : base("SetApprovalRulesInput")
    {
        Id("organisationId", IdPrefix.Organisation, "An organisation that the caller acts for.");
        Add<NonNullGraphType<IntGraphType>>("expectedVersion", "Organisation.version as the caller read it.");
        Add<NonNullGraphType<ListGraphType<NonNullGraphType<ApprovalRuleInputType>>>>("rules",
            $"Up to {ApprovalRule.MostRules}, in place of those before; of the rules that an order falls under the one with most approvals holds. None: orders bind at once.");
    }

    protected override SetApprovalRules.Input ReadInput(InputFields fields) =>
        new(fields.Get<Guid>("organisationId"), fields.Get<int>("expectedVersion"), fields.List<ApprovalRule>("rules")!);
}
