using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering.Brokers;

/// <summary>What a provisioning waits for, or why it failed; and what can be wrong with a broker that is set.</summary>
public static class BrokerRefusals
{
    public static readonly ErrorCode NotSupplier = ErrorCode.Refusal("NOT_A_SUPPLIER",
        "Diese Organisation stellt nichts bereit.", "This organisation supplies nothing.");

    public static readonly ErrorCode UsernameInvalid = ErrorCode.Refusal("USERNAME_INVALID",
        "Ein Benutzername hat keinen Doppelpunkt.", "A user name has no colon.");

    public static readonly ErrorCode StartAwaited = ErrorCode.Reason("PROVISIONING_START_AWAITED",
        "Bereitgestellt wird zum vereinbarten Beginn am {0}.", "It is provisioned for the agreed start on {0}.");

    public static readonly ErrorCode EndAwaited = ErrorCode.Reason("PROVISIONING_END_AWAITED",
        "Entfernt wird nach dem letzten Tag, dem {0}.", "It is removed after the last day, {0}.");

    public static readonly ErrorCode Asked = ErrorCode.Reason("BROKER_ASKED",
        "Der Service-Broker des Bereitstellers wird gefragt.", "The supplier's service broker is being asked.");

    public static readonly ErrorCode Working = ErrorCode.Reason("BROKER_WORKING",
        "Der Service-Broker des Bereitstellers arbeitet daran.", "The supplier's service broker is working on it.");

    public static readonly ErrorCode Missing = ErrorCode.Reason("BROKER_MISSING",
        "Der Bereitsteller hat noch keinen Service-Broker hinterlegt.", "The supplier has not set a service broker yet.");

    public static readonly ErrorCode AddressForbidden = ErrorCode.Reason("BROKER_ADDRESS_FORBIDDEN",
        "Die Adresse des Service-Brokers führt in ein Netz, das nicht aufgerufen wird.", "The service broker's address leads into a network that is not called.");

    public static readonly ErrorCode Unreachable = ErrorCode.Reason("BROKER_UNREACHABLE",
        "Der Service-Broker des Bereitstellers ist nicht erreichbar.", "The supplier's service broker cannot be reached.");

    public static readonly ErrorCode Silent = ErrorCode.Reason("BROKER_SILENT",
        "Der Service-Broker hat nicht rechtzeitig oder nicht verständlich geantwortet.", "The service broker did not answer in time or not in a way that is understood.");

    public static readonly ErrorCode Busy = ErrorCode.Reason("BROKER_BUSY",
        "Der Service-Broker ist beschäftigt (Status {0}).", "The service broker is busy (status {0}).");

    public static readonly ErrorCode Faulty = ErrorCode.Reason("BROKER_FAULTY",
        "Der Service-Broker meldet einen Fehler (Status {0}).", "The service broker reports a fault (status {0}).");

    public static readonly ErrorCode CredentialsRejected = ErrorCode.Reason("BROKER_CREDENTIALS_REJECTED",
        "Der Service-Broker nimmt die hinterlegten Zugangsdaten nicht an (Status {0}).", "The service broker does not take the credentials that were set (status {0}).");

    public static readonly ErrorCode Rejected = ErrorCode.Reason("BROKER_REJECTED",
        "Der Service-Broker weist die Anfrage ab (Status {0}).", "The service broker rejects the request (status {0}).");

    public static readonly ErrorCode PlanUnknown = ErrorCode.Reason("BROKER_PLAN_UNKNOWN",
        "Der Service-Broker führt den Plan des Angebots nicht.", "The service broker does not have the offer's plan.");

    public static readonly ErrorCode OperationFailed = ErrorCode.Reason("BROKER_OPERATION_FAILED",
        "Der Service-Broker ist mit der Arbeit gescheitert.", "The service broker has failed at its work.");

    public static readonly ErrorCode TooSlow = ErrorCode.Reason("BROKER_TOO_SLOW",
        "Der Service-Broker wurde in der längsten Zeit, die ihm gegeben war, nicht fertig.", "The service broker did not finish within the longest time that it was given.");

    public static readonly ErrorCode SupplierRemoves = ErrorCode.Reason("BROKER_SUPPLIER_REMOVES",
        "Es wird weiter versucht; der Bereitsteller hinterlegt den Service-Broker neu oder entfernt selbst.", "It is tried further; the supplier sets the service broker anew or removes by hand.");

    public static readonly ErrorCode SupplierActs = ErrorCode.Reason("BROKER_SUPPLIER_ACTS",
        "Der Bereitsteller hinterlegt den Service-Broker neu oder stellt selbst bereit.", "The supplier sets the service broker anew or provisions by hand.");
}
