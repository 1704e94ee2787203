using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using GraphQL.Types;

namespace Efa.Graph.Catalog.Imports;

public sealed class StartOfferImportInputType : MutationInputType<StartOfferImport.Input>
{
    public StartOfferImportInputType()
        : base("StartOfferImportInput")
    {
        Id("supplierId", IdPrefix.Organisation, "A supplier that the caller acts for.");
        Add<NonNullGraphType<ImportFormatType>>("format");
        Id("sellerId", IdPrefix.Organisation, "Of rows that name none; needed for PUBLICCODE.", required: false);
    }

    protected override StartOfferImport.Input ReadInput(InputFields fields) =>
        new(fields.Get<Guid>("supplierId"), fields.Get<ImportFormat>("format"), fields.Optional<Guid?>("sellerId"));
}

public sealed class ApplyOfferImportInputType : MutationInputType<ApplyOfferImport.Input>
{
    public ApplyOfferImportInputType()
        : base("ApplyOfferImportInput")
    {
        Id("importId", IdPrefix.OfferImport);
        Add<NonNullGraphType<Sha256Type>>("planHash", "Of the plan that was looked at.");
        Add<NonNullGraphType<BatchModeType>>("mode", "ATOMIC makes all drafts current at one moment, PARTIAL 500 at a time.");
        Add<BooleanGraphType>("submit", "Gives the drafts to their sellers at once.", defaultValue: false);
    }

    protected override ApplyOfferImport.Input ReadInput(InputFields fields) =>
        new(fields.Get<Guid>("importId"), fields.Get<string>("planHash"), fields.Get<BatchMode>("mode"), fields.Optional<bool?>("submit") ?? false);
}

public sealed class CancelOfferImportInputType : MutationInputType<CancelOfferImport.Input>
{
    public CancelOfferImportInputType()
        : base("CancelOfferImportInput") => Id("importId", IdPrefix.OfferImport);

    protected override CancelOfferImport.Input ReadInput(InputFields fields) => new(fields.Get<Guid>("importId"));
}
