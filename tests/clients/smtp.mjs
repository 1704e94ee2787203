// A mail server that tells each message it takes as a line of JSON. The recipient's name says how it behaves. It ends with its parent.
import { SMTPServer } from 'smtp-server';

const asked = new Set();
const refused = (responseCode, text) => Object.assign(new Error(text), { responseCode });

const server = new SMTPServer({
  authOptional: true,
  allowInsecureAuth: true,
  logger: false,
  onAuth: ({ username, password }, _session, done) =>
    username === 'markt' && password === 'geheim' ? done(null, { user: username }) : done(refused(535, 'Wrong user or password')),
  onRcptTo({ address }, _session, done) {
    const name = address.split('@')[0];
    if (name === 'unbekannt') return done(refused(550, 'No such mailbox'));
    if (name === 'spaeter' && !asked.has(address)) {
      asked.add(address);
      return done(refused(451, 'Try again later'));
    }
    done();
  },
  onData(stream, session, done) {
    const parts = [];
    stream.on('data', part => parts.push(part));
    stream.on('end', () => {
      const to = session.envelope.rcptTo.map(r => r.address);
      console.log(JSON.stringify({ from: session.envelope.mailFrom.address, to, user: session.user ?? null, secure: session.secure, content: Buffer.concat(parts).toString('base64') }));
      // Takes the message and never says so, the first time.
      if (to[0].startsWith('stumm') && !asked.has(to[0])) asked.add(to[0]);
      else done();
    });
  },
});

server.on('error', () => {});
server.listen(0, '127.0.0.1', () => console.log(server.server.address().port));
process.stdin.resume();
process.stdin.on('end', () => process.exit());
