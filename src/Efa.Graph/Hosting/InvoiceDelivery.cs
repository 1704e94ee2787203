using Efa.Marketplace.Billing.Delivery;
using Efa.Marketplace.Operations.Jobs;

namespace Efa.Graph.Hosting;

/// <summary>Switches on the ways on which invoices reach buyers, first come first; without one their jobs wait in the store.</summary>
internal static class InvoiceDelivery
{
    public static void AddInvoiceDelivery(this WebApplicationBuilder builder)
    {
        MailOptions mail = builder.Configuration.Read<MailOptions>(MailOptions.Section, MailOptions.Problem);
        DeliveryOptions delivery = builder.Configuration.Read<DeliveryOptions>(DeliveryOptions.Section);
        // An access point is registered before these, as one more InvoiceChannel.
        if (mail.Host is not null) builder.Services.AddSingleton<InvoiceChannel>(new MailChannel(mail));
        if (delivery.Folder is { Length: > 0 } folder) builder.Services.AddSingleton<InvoiceChannel>(new FolderChannel(Made(Path.Combine(builder.Environment.ContentRootPath, folder))));
        if (mail.Host is not null || delivery.Folder is { Length: > 0 }) builder.Services.AddSingleton<JobHandler, InvoiceDeliveryJob>();
    }

    private static string Made(string folder)
    {
        try
        {
            return Directory.CreateDirectory(folder).FullName;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartRefused($"Delivery:Folder: {failure.Message}");
        }
    }
}
