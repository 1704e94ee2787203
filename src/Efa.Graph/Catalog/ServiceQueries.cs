using Efa.Graph.Engine;
using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Cost;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Catalog;

/// <summary>Services, subject areas and terms.</summary>
internal static class ServiceQueries
{
    public static void AddTo(QueryType query)
    {
        query.Field<NonNullGraphType<ServiceConnectionType>>("services").Description("Services with their offers side by side, by name.").SeenBy(FieldAccess.Public)
            .Argument<ServiceFilterType>("filter").PageArgumentsBothWays()
            .ResolveAsync(async context =>
            {
                ServiceFilter filter = (ServiceFilter?)context.Given("filter") ?? new ServiceFilter();
                return await context.PageAsync(OfferSearch.ServicesByName, market => market.Services(filter));
            });

        query.Field<ServiceType>("service").SeenBy(FieldAccess.Public)
            .Argument<NonNullGraphType<ServiceByType>>("by")
            .ResolveAsync(async context => await ServiceAsync(context, (ServiceBy)context.Given("by")!));

        query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<TermsDocumentType>>>>("termsDocuments")
            .Description("All terms of an owner with their versions and days of validity, newest first, at most 500; with validOn only those of that day.").SeenBy(FieldAccess.Public).Costs(1, size: 20)
            .IdArgument("ownerId", IdPrefix.Organisation)
            .Argument<DateType>("validOn")
            .ResolveAsync(async context =>
            {
                await using MarketContext market = await MarketAsync(context);
                return await market.TermsOfOwnerAsync(context.Id("ownerId"), context.Given("validOn") as DateOnly?, context.CancellationToken);
            });

        query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<SubjectAreaType>>>>("subjectAreas").Description("The subject areas of the OZG.").SeenBy(FieldAccess.Public).Costs(1, size: 14)
            .Resolve(_ => SubjectAreas.All);
    }

    private static async Task<object?> ServiceAsync(IResolveFieldContext context, ServiceBy by)
    {
        if (by.Id is { } id) return context.Request().Get<ServiceLoader>().Load(id);
        if (by.ExternalId is not { } own) return null;
        await using MarketContext market = await MarketAsync(context);
        return await market.Services().SingleOrDefaultAsync(s => s.SupplierId == own.SupplierId && s.ExternalId == own.Value, context.CancellationToken);
    }

    private static Task<MarketContext> MarketAsync(IResolveFieldContext context) =>
        context.Request().Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync(context.CancellationToken);
}
