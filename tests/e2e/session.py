"""What a desktop has on its session bus: it takes notifications and tray items, and says what it was given.

Reads one request as JSON in a line from standard input, answers it in one line, and ends when there are no more:
  {"ask": "notifications"}             every notification so far
  {"ask": "tray"}                      every tray item: what it says, and its menu
  {"ask": "press", "label": "Quit"}    chooses an entry of the first item's menu
  {"ask": "lock"}                      locks every collection of the keychain
  {"ask": "items"}                     names of what the keychain holds
"""

import json
import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

XML = """<node>
 <interface name="org.freedesktop.Notifications">
  <method name="Notify">
   <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
   <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
   <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
   <arg type="s" direction="out"/><arg type="s" direction="out"/>
   <arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
 </interface>
 <interface name="org.kde.StatusNotifierWatcher">
  <method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
  <method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
  <property name="RegisteredStatusNotifierItems" type="as" access="read"/>
  <property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
  <property name="ProtocolVersion" type="i" access="read"/>
 </interface>
</node>"""
NODE = Gio.DBusNodeInfo.new_for_xml(XML)
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
GONE = ["org.freedesktop.DBus.Error." + word for word in ("NameHasNoOwner", "NoReply", "ServiceUnknown", "UnknownMethod")]
SECRETS = ("org.freedesktop.secrets", "/org/freedesktop/secrets")

bus = Gio.bus_get_sync(Gio.BusType.SESSION)
notifications = []
items = []  # (owner, path)


def call(owner, path, interface, method, args=None):
    return bus.call_sync(owner, path, interface, method, args, None, Gio.DBusCallFlags.NO_AUTO_START, 5_000).unpack()


def properties(owner, path, interface):
    return call(owner, path, "org.freedesktop.DBus.Properties", "GetAll", GLib.Variant("(s)", (interface,)))[0]


def taken(_bus, sender, _path, _interface, method, args, answer):
    """Answers what applications call."""
    args = args.unpack()
    if method == "Notify":
        app, _, icon, title, body, actions, hints, _ = args
        shown = {"app": app, "icon": icon, "title": title, "body": body, "actions": actions, "hints": list(hints)}
        notifications.append(shown)
        answer.return_value(GLib.Variant("(u)", (len(notifications),)))
    elif method == "GetCapabilities":
        answer.return_value(GLib.Variant("(as)", (["body", "actions"],)))
    elif method == "GetServerInformation":
        answer.return_value(GLib.Variant("(ssss)", ("test", "test", "1", "1.2")))
    elif method == "RegisterStatusNotifierItem":
        item = (sender, args[0]) if args[0].startswith("/") else (args[0], "/StatusNotifierItem")
        if item not in items:
            items.append(item)
        answer.return_value(None)
    else:
        answer.return_value(None)


def told(_bus, _sender, _path, _interface, name):
    """Answers what applications read."""
    if name == "RegisteredStatusNotifierItems":
        return GLib.Variant("as", [owner + path for owner, path in items])
    return GLib.Variant("b", True) if name == "IsStatusNotifierHostRegistered" else GLib.Variant("i", 0)


def left(_bus, _sender, _path, _interface, _signal, args):
    """Forgets the items of whoever left the bus."""
    name, _, owner = args.unpack()
    if owner == "":
        items[:] = [item for item in items if item[0] != name]


def entries(layout):
    """The entries of a menu, without its root."""
    for child in layout[2]:
        ident, said, _ = child
        yield {"id": ident, "label": said.get("label", ""), "enabled": said.get("enabled", True)}


def described(item):
    owner, path = item
    said = properties(owner, path, ITEM)
    _, layout = call(owner, said["Menu"], MENU, "GetLayout", GLib.Variant("(iias)", (0, -1, [])))
    return {"said": said, "menu": list(entries(layout)), "owner": owner}


def tray():
    """Every item, without one that leaves while it is asked."""
    shown = []
    for item in list(items):
        try:
            shown.append(described(item))
        except GLib.Error as error:
            if Gio.DBusError.get_remote_error(error) not in GONE:
                raise
    return shown


def press(label):
    shown = described(items[0])
    ident = next(entry["id"] for entry in shown["menu"] if entry["label"] == label and entry["enabled"])
    event = GLib.Variant("(isvu)", (ident, "clicked", GLib.Variant("i", 0), 0))
    try:
        call(shown["owner"], shown["said"]["Menu"], MENU, "Event", event)
    except GLib.Error as error:
        # Who quits at once does not answer any more.
        if Gio.DBusError.get_remote_error(error) not in GONE:
            raise


def lock():
    kept = properties(*SECRETS, "org.freedesktop.Secret.Service")["Collections"]
    call(*SECRETS, "org.freedesktop.Secret.Service", "Lock", GLib.Variant("(ao)", (kept,)))
    return [properties(SECRETS[0], one, "org.freedesktop.Secret.Collection")["Locked"] for one in kept]


def items_kept():
    found = call(*SECRETS, "org.freedesktop.Secret.Service", "SearchItems", GLib.Variant("(a{ss})", ({},)))
    of = lambda path: properties(SECRETS[0], path, "org.freedesktop.Secret.Item")["Attributes"]
    return sorted(of(path)["username"] for paths in found for path in paths)


def answered(request):
    if request["ask"] == "notifications":
        return notifications
    if request["ask"] == "tray":
        return tray()
    if request["ask"] == "press":
        return press(request["label"])
    return items_kept() if request["ask"] == "items" else lock()


def asked(source, _condition):
    """Answers one line; ends the program after the last."""
    line = source.readline()
    if not line:
        loop.quit()
        return False
    try:
        answer = {"answer": answered(json.loads(line))}
    except Exception as error:  # The test is told of every failure, and goes on.
        answer = {"fault": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer, default=str), flush=True)
    return True


def own(name, path):
    bus.register_object(path, NODE.lookup_interface(name), taken, told, None)
    Gio.bus_own_name_on_connection(bus, name, Gio.BusNameOwnerFlags.NONE, None, None)


own("org.freedesktop.Notifications", "/org/freedesktop/Notifications")
own("org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher")
bus.signal_subscribe(
    "org.freedesktop.DBus", "org.freedesktop.DBus", "NameOwnerChanged", None, None, Gio.DBusSignalFlags.NONE, left
)
loop = GLib.MainLoop()
GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, asked)
print(json.dumps({"answer": "ready"}), flush=True)
loop.run()
