using Efa.Graph.Engine.Errors;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Engine.Loading;

/// <summary>Reads of a single field, such as a page of a root list; each has its own database context.</summary>
internal static class StoreReads
{
    public static async Task<T> ReadAsync<T>(this RequestContext request, Func<MarketContext, Task<T>> read, CancellationToken cancellationToken)
    {
        await using MarketContext context = await request.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync(cancellationToken);
        try
        {
            return await read(context);
        }
        catch (InvalidCursorException invalid)
        {
            throw new RequestError(RequestErrors.InvalidCursor, expected: invalid.Expected);
        }
    }
}
