using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Ordering;

/// <summary>How often the service of an order was used in a calendar year, as its supplier reported last.</summary>
public sealed class UsageReport
{
    public Guid OrderId { get; init; }

    public int Year { get; init; }

    public int Uses { get; private set; }

    public DateTimeOffset RecordedAt { get; private set; }

    /// <summary>What is billed is not reported again.</summary>
    public bool IsBilled { get; private set; }

    /// <summary>Row version: a report and the run that bills it exclude each other.</summary>
    public int Version { get; private set; }

    public void Report(int uses, DateTimeOffset at)
    {
        (Uses, RecordedAt) = (uses, at);
        Version++;
    }

    public void Bill()
    {
        IsBilled = true;
        Version++;
    }
}

public sealed partial class Order
{
    /// <summary>Null where nothing was reported. Needs <see cref="Usage"/>.</summary>
    public UsageReport? UsageIn(int year) => Usage.Find(u => u.Year == year);

    /// <summary>Keeps a report in place of an earlier one for the same year.</summary>
    public void ReportUsage(int year, int uses, DateTimeOffset at)
    {
        UsageReport? report = UsageIn(year);
        if (report is null) Usage.Add(report = new UsageReport { OrderId = Id, Year = year });
        report.Report(uses, at);
        string state = ApiName.Of(State);
        Record("order.usage-reported", ["usage"], state, state);
    }
}

internal sealed class UsageReportStorage : IEntityTypeConfiguration<UsageReport>
{
    public void Configure(EntityTypeBuilder<UsageReport> builder)
    {
        builder.ToTable("UsageReports");
        builder.HasKey(u => new { u.OrderId, u.Year });
        builder.Property(u => u.Version).IsConcurrencyToken();
    }
}
