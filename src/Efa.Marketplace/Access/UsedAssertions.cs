using System.Security.Cryptography;
using System.Text;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Access;

/// <summary>An assertion that a client has proved itself with, kept while it could be sent again.</summary>
public sealed class UsedAssertion
{
    public required string ClientId { get; init; }

    /// <summary>SHA-256 of its <c>jti</c>, which can be of any length.</summary>
    public required string IdHash { get; init; }

    public DateTimeOffset GoodUntil { get; init; }
}

/// <summary>Sees to it that no assertion is used twice, on whichever node.</summary>
public sealed class UsedAssertions(IDbContextFactory<MarketContext> contexts, StoreDialect dialect, TimeProvider clock)
{
    // Clocks differ, and an assertion may be taken for good a little longer.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>False where it was used before.</summary>
    public async Task<bool> TryUseAsync(string clientId, string id, DateTimeOffset goodUntil, CancellationToken cancellationToken)
    {
        DateTimeOffset over = clock.GetUtcNow() - Tolerance;
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);
        await context.Set<UsedAssertion>().Where(a => a.ClientId == clientId && a.GoodUntil < over).ExecuteDeleteAsync(cancellationToken);
        context.Add(new UsedAssertion { ClientId = clientId, IdHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id))), GoodUntil = goodUntil });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (dialect.IsUniqueViolation(failure))
        {
            return false;
        }
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
