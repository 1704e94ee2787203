using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Graph.Pricing;
using Efa.Marketplace.Catalog.Imports;
using GraphQL.Types;

namespace Efa.Graph.Catalog.Imports;

public sealed class UploadModeType() : EnumType<UploadMode>("What is done with the rows of an upload.",
    (UploadMode.Validate, "Says what would happen, changes nothing."),
    (UploadMode.Atomic, "All rows or none."),
    (UploadMode.Partial, "Good rows are stored, bad rows reported."));

public sealed class OfferRowResultType : RowResultType
{
    public OfferRowResultType()
        : base("OfferRowResult", typeof(ImportRowErrorType))
    {
        Description = "What happened to a row or, before it is applied, what would.";
        Field<StringGraphType>("externalId").Resolve(context => Row(context.Source).ExternalId);
        Field<NonNullGraphType<EnumType<RowOutcome>>>("outcome").Resolve(context => Row(context.Source).Outcome);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("changedFields").Description("Names of the offer's fields that differ from what the supplier gave last; empty where it is new.")
            .Resolve(context => Row(context.Source).ChangedFields);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<PriceChangeType>>>>("priceChanges").Resolve(context => Row(context.Source).PriceChanges);
        Field<OfferType>("offer").Description("As it is now; null as long as there is none.")
            .Resolve(context => Row(context.Source).OfferId is { } id ? context.Request().Get<OfferLoader>().Load(id).AsObject() : new Known<object?>(null));
    }

    private static OfferRowResult Row(Marketplace.Operations.RowResult row) => (OfferRowResult)row;
}

public sealed class PriceChangeType : ObjectGraphType<PriceChange>
{
    public PriceChangeType()
    {
        (Name, Description) = ("PriceChange", "A price before and after, by its code: before is null where it is new, after where it is gone.");
        Field<NonNullGraphType<StringGraphType>>("code").Resolve(context => context.Source.Code);
        Field<PriceComponentInterface>("before").Resolve(context => context.Source.Before);
        Field<PriceComponentInterface>("after").Resolve(context => context.Source.After);
    }
}

public sealed class ImportRowErrorType : UserErrorType<RowRefused>
{
    public ImportRowErrorType()
        : base("ImportRowError", "What is wrong with a row of an upload.")
    {
        Field<NonNullGraphType<IntGraphType>>("row").Description("Counted from 1.").Resolve(context => context.Source.Row);
        Field<IntGraphType>("line").Description("Line in the file.").Resolve(context => context.Source.Line);
        Field<StringGraphType>("externalId").Resolve(context => context.Source.ExternalId);
        Field<NonNullGraphType<StringGraphType>>("pointer").Description("JSON pointer (RFC 6901) to the field, from the row down; empty where it is about the whole row.").Resolve(context => context.Source.Pointer);
    }
}
