"""Writes mixed.csv, european.csv, times.csv, images.idx, labels.idx and iris-more.csv beside this script: small tables in which every kind of
column occurs. They are never written anew; the script says how they came about."""
import pathlib
import struct

HERE = pathlib.Path(__file__).parent


def mixed():
    yield "age,fare,deck,port,class,alone,member,late,weight,kind,good"
    for i in range(48):
        age = "" if i % 7 == 3 else f"{18 + i * 37 % 53}"
        fare = f"{i * 97 % 211 * 0.05:.2f}"
        deck = "" if i % 5 == 2 else "3"
        port = "NA" if i % 11 == 5 else ["Kiel", "Málaga", "\"Rostock, north\""][i * 5 % 3]
        alone = "?" if i % 9 == 8 else ["yes", "No"][i % 2]
        late = "" if i % 6 == 1 else "no"
        kind = ["grün", "blau", "rot"][i * i % 7 % 3]
        good = ["good", "bad"][(i * 3 + i // 4) % 2]
        yield f"{age},{fare},{deck},{port},{'uvw'[i % 3]},{alone},{'TF'[i % 4 == 0]},{late},{1 + i % 3 * 0.5},{kind},{good}"


def european():
    yield "maß;preis;sorte"
    for i in range(40):
        size = "-" if i % 13 == 4 else f"{i * 29 % 31 / 4:.2f}".replace(".", ",")
        yield f"{size};{(i * 17 % 23 - 3) * 1.5:.1f};{'abc'[i * 7 % 3]}".replace(".", ",")


def times():
    yield "start,size,end"
    for i in range(40):
        start = "" if i % 7 == 5 else f"{1700000000 + i * 37 % 41}.5"
        yield f"{start},{i % 9},{1700000000 + i * 37 % 41 + i % 9 * 0.25}"


def write(name, lines):
    (HERE / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


write("mixed.csv", mixed())
write("european.csv", european())
write("times.csv", times())
iris = (HERE / "../../../../samples/iris.csv").resolve().read_text(encoding="utf-8").splitlines()
write("iris-more.csv", [iris[0]] + iris[4::10])
pixels = bytes((i * 53 + i // 9 % 3 * 70) % 256 if i % 9 != 4 else 0 for i in range(36 * 9))
(HERE / "images.idx").write_bytes(struct.pack(">4B3I", 0, 0, 8, 3, 36, 3, 3) + pixels)
(HERE / "labels.idx").write_bytes(struct.pack(">4BI", 0, 0, 8, 1, 36) + bytes(i % 3 for i in range(36)))
