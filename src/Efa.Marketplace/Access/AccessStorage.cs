using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Access;

internal sealed class AccessStorage : IEntityTypeConfiguration<ApiClient>, IEntityTypeConfiguration<UsedAssertion>
{
    public void Configure(EntityTypeBuilder<ApiClient> builder)
    {
        builder.IsAggregate("ApiClients");
        builder.Property(c => c.ClientId).HasMaxLength(ApiClient.ClientIdLength);
        builder.Property(c => c.Name).HasMaxLength(ApiClient.NameLength);
        builder.Property(c => c.Scopes).AsJson(1000);
        builder.HasIndex(c => c.ClientId).IsUnique();
        builder.HasIndex(c => new { c.OrganisationId, c.CreatedAt, c.Id });
    }

    public void Configure(EntityTypeBuilder<UsedAssertion> builder)
    {
        builder.ToTable("UsedAssertions");
        builder.HasKey(a => new { a.ClientId, a.IdHash });
        builder.Property(a => a.ClientId).HasMaxLength(ApiClient.ClientIdLength);
        builder.Property(a => a.IdHash).HasMaxLength(64);
    }
}
