namespace Efa.Marketplace.Billing.Delivery;

/// <summary>Puts invoices into a folder, for whoever fetches them there: a portal's upload, an access point, a person.</summary>
public sealed class FolderChannel(string folder) : InvoiceChannel
{
    public override bool Reaches(InvoiceParty buyer) => true;

    public override async Task<Handover> DeliverAsync(IssuedInvoice issued, CancellationToken cancellationToken)
    {
        string target = Path.Combine(folder, issued.FileName);
        // Whoever watches the folder sees whole files only, and the same one again where it was not known to be there.
        string part = Path.Combine(folder, $".{issued.FileName}.{Guid.NewGuid():N}");
        await File.WriteAllBytesAsync(part, issued.Xml, cancellationToken);
        File.Move(part, target, overwrite: true);
        return Handover.Taken();
    }
}
