using System.Globalization;
using Efa.Marketplace.Events;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Ordering;

/// <summary>The four fee fields of a coordinated order as its supplier has submitted them. They never change: what is submitted later is a number of its own.</summary>
public sealed class AgreedTerms
{
    public const int MostNumbers = 100;
    public const int ScopeLength = 8000;

    public Guid OrderId { get; init; }

    /// <summary>Counts the terms of the order from 1.</summary>
    public int Number { get; init; }

    /// <summary>Net, for a full calendar year.</summary>
    public decimal AnnualFee { get; init; }

    /// <summary>Net; once in place of the annual fee, at the next billing.</summary>
    public decimal? NextBillingAmount { get; init; }

    /// <summary>Net, billed once.</summary>
    public decimal OneTimeFee { get; init; }

    /// <summary>What is reused and how; part of the contract.</summary>
    public required string Scope { get; init; }

    /// <summary>What both sides consent to.</summary>
    public required string Hash { get; init; }

    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>SHA-256 of the canonical JSON of what the API shows: orderId, number, the fees with two places, and scope. What is not given is left out.</summary>
    public static string HashOf(Guid orderId, int number, decimal annualFee, decimal? nextBillingAmount, decimal oneTimeFee, string scope) => CanonicalJson.Hash(new
    {
        orderId = TypeId.Encode(IdPrefix.Order, orderId),
        number,
        annualFee = Shown(annualFee),
        nextBillingAmount = nextBillingAmount is { } amount ? Shown(amount) : null,
        oneTimeFee = Shown(oneTimeFee),
        scope,
    });

    private static string Shown(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}

/// <summary>Evidence that the customer or the seller has consented to terms: who, when, to which hash.</summary>
public sealed class Consent
{
    public Guid OrderId { get; init; }

    public int Number { get; init; }

    public Guid OrganisationId { get; init; }

    /// <summary>The caller's id.</summary>
    public required string Actor { get; init; }

    public DateTimeOffset At { get; init; }

    public required string TermsHash { get; init; }
}

internal sealed class AgreedTermsStorage : IEntityTypeConfiguration<AgreedTerms>, IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<AgreedTerms> builder)
    {
        builder.ToTable("AgreedTerms");
        builder.IsAppendOnly();
        builder.HasKey(t => new { t.OrderId, t.Number });
        builder.Property(t => t.Scope).HasMaxLength(AgreedTerms.ScopeLength);
        builder.Property(t => t.Hash).HasMaxLength(64);
        builder.HasOne<Order>().WithMany().HasForeignKey(t => t.OrderId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Consent> builder)
    {
        builder.ToTable("Consents");
        builder.IsAppendOnly();
        builder.HasKey(c => new { c.OrderId, c.Number, c.OrganisationId });
        builder.Property(c => c.Actor).HasMaxLength(200);
        builder.Property(c => c.TermsHash).HasMaxLength(64);
        builder.HasOne<AgreedTerms>().WithMany().HasForeignKey(c => new { c.OrderId, c.Number }).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(c => c.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}
