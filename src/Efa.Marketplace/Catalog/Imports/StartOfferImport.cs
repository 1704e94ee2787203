using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>A supplier is about to give offers in one file.</summary>
public sealed class StartOfferImport : Operation<StartOfferImport.Input>
{
    public sealed record Input(Guid SupplierId, ImportFormat Format, Guid? SellerId);

    public override string Name => OfferImportTransitions.Start;

    public override string Scope => Scopes.OffersWrite;

    public override IEnumerable<Refusal> Check(Input input)
    {
        // Such a file names nobody who sells it.
        if (input is { Format: ImportFormat.Publiccode, SellerId: null }) yield return new Invalid(OperationsRefusals.Required, ["input", "sellerId"]);
    }

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        string[] path = ["input", "supplierId"];
        if (await work.Context.Organisations().SingleOrDefaultAsync(o => o.Id == input.SupplierId, cancellationToken) is not { } supplier) return new NotFound(path);
        if (!work.Caller.ActsFor(supplier.Id) || !supplier.Is(OrganisationRole.Supplier))
            return new PermissionDenied(OperationsRefusals.PermissionDenied, path, [OrganisationRole.Supplier]);
        if (input.SellerId is { } id)
        {
            Organisation? seller = await work.Context.Organisations().SingleOrDefaultAsync(o => o.Id == id, cancellationToken);
            if (seller?.Is(OrganisationRole.Seller) is not true) return new Invalid(ImportRefusals.SellerUnknown, ["input", "sellerId"]);
        }
        work.Acts(supplier.Id, OrganisationRole.Supplier);
        OfferImport import = OfferImport.Start(input, work.Caller.Id, work.Now);
        work.Context.Add(import);
        return Outcome.Done(import.Id);
    }
}
