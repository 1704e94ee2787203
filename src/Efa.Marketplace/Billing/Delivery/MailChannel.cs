using System.Net.Sockets;
using Efa.Marketplace.Billing.XRechnung;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Efa.Marketplace.Billing.Delivery;

/// <summary>Sends invoices by e-mail to buyers whose electronic address is one.</summary>
public sealed class MailChannel(MailOptions options) : InvoiceChannel
{
    private readonly TimeSpan longest = TimeSpan.FromSeconds(options.TimeoutSeconds);

    public override bool Reaches(InvoiceParty buyer) => buyer is { ElectronicAddressScheme: Endpoint.Email, ElectronicAddress: not null };

    public override async Task<Handover> DeliverAsync(IssuedInvoice issued, CancellationToken cancellationToken)
    {
        using MimeMessage message = InvoiceMail.Of(issued, MailboxAddress.Parse(options.From!));
        using var client = new SmtpClient { Timeout = (int)longest.TotalMilliseconds };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(longest);
        try
        {
            await client.ConnectAsync(options.Host!, options.Port, options.SocketOptions, limit.Token);
            if (options.User is { } user) await client.AuthenticateAsync(user, options.Password!, limit.Token);
            await client.SendAsync(message, limit.Token);
        }
        catch (Exception slow) when (slow is TimeoutException || (slow is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Handover.Later($"The mail server did not finish within {options.TimeoutSeconds} seconds.");
        }
        catch (SmtpCommandException refusal)
        {
            // Of the sender or the connection another day may think otherwise; of this recipient or message the server has decided.
            bool final = (int)refusal.StatusCode >= 500 && refusal.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted;
            return final ? Handover.Refused(refusal.Message, (int)refusal.StatusCode) : Handover.Later(refusal.Message, (int)refusal.StatusCode);
        }
        catch (Exception failure) when (failure is ProtocolException or AuthenticationException or SslHandshakeException or NotSupportedException or IOException or SocketException or TimeoutException)
        {
            return Handover.Later(failure.Message);
        }
        await QuitAsync(client, limit.Token);
        return Handover.Taken((int)SmtpStatusCode.Ok);
    }

    // The server has taken the message; how it says goodbye changes nothing.
    private static async Task QuitAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception failure) when (failure is OperationCanceledException or ProtocolException or CommandException or IOException or SocketException)
        {
        }
    }
}
