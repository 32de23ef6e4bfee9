"""Bad input at the door of a running node: each is refused or repaired with words in the language of the user, and nothing is
lost or left behind. The browser's own part (what was typed survives) is in tests/browser/screens.test.mjs."""

import io
import json
import re
import socket
import threading
import time
import unittest
import zipfile
from pathlib import Path

import world

LANGUAGES = ("en", "es")
GIGABYTE = 1 << 30
LABELS = {language: {key: text for file in sorted((world.ROOT / "data/languages").glob(f"*.{language}.json"))
                     for key, text in json.loads(file.read_text(encoding="utf-8")).items()} for language in LANGUAGES}


def said(language, key):
    """The longest piece of a label that holds no argument."""
    return max(re.split(r"\{[^{}]*\}", LABELS[language][key]), key=len).replace("''", "'").strip()


def workbook(cells, padding=0):
    """An XLSX of one sheet; a cell is text, or (formula, saved value). `padding` bytes of nothing are packed beside it."""
    def cell(row, column, value):
        at = f'r="{chr(65 + column)}{row}"'
        if isinstance(value, tuple):
            return f'<c {at} t="str"><f>{value[0]}</f><v>{value[1]}</v></c>'
        return f'<c {at} t="inlineStr"><is><t>{value}</t></is></c>'
    rows = "".join(f'<row r="{row}">' + "".join(cell(row, column, value) for column, value in enumerate(values)) + "</row>"
                   for row, values in enumerate(cells, 1))
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    document = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types><Override PartName="/xl/workbook.xml" ContentType="{document}"/></Types>',
        "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/>'
                       "</Relationships>",
        "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="r1" Type="{relation}/worksheet" '
                                      'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData>" + " " * padding + "</worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


HEAD = "Surname,Given names,Date of birth\n"
GOOD = "Rivera,Marta,17/05/1990\n"
SPANISH = "Apellidos;Nombres;Fecha de nacimiento\nNúñez;Ramón;17/05/1990\n"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(2000)

# A table that is refused as a whole: content, status, the label that must be said.
REFUSED = {
    "nothing": (b"", 400, "sheets.empty_file"),
    "a program": (PROGRAM, 415, "sheets.not_a_table"),
    "a bomb": (workbook([["Surname", "Given names"], ["Rivera", "Marta"]], 40 << 20), 413, "sheets.suspicious_archive"),
    "a workbook that was cut off": (workbook([["Surname"], ["Rivera"]])[:300], 400, "sheets.damaged"),
}

# A table that is read, with what it lost: content, rows that are ready, rows with a defect, labels that must be said in the
# import or its dry run.
READ = {
    "semicolons and Windows-1252": (SPANISH.encode("cp1252"), 1, 0, []),
    "tabs and UTF-16": (SPANISH.replace(";", "\t").encode("utf-16"), 1, 0, []),
    "a delimiter that nobody uses": ((HEAD + GOOD).replace(",", "~").encode(), 1, 0, ["sheets.one_column_only"]),
    "bytes that are no UTF-8": (b"\xef\xbb\xbf" + (HEAD + GOOD).encode() + b"Pe\xf1a,Rosa,18/05/1990\n", 1, 1,
                                ["sheets.bad_encoding"]),
    "a quotation mark that is never closed": ((HEAD + GOOD + '"Solano,Luis,18/05/1990\nPaz,Rosa,18/05/1990\n').encode(), 2, 1,
                                              ["sheets.unclosed_quote"]),
    "text behind a quotation mark": ((HEAD + GOOD + '"Solano"x,Luis,18/05/1990\n').encode(), 1, 1,
                                     ["sheets.text_after_quote"]),
    "a line of 11 MB": ((HEAD + GOOD + "x" * (11 << 20) + ",Luis,18/05/1990\nPaz,Rosa,18/05/1990\n").encode(), 2, 1,
                        ["sheets.line_too_long"]),
    "days that no calendar has": ((HEAD + GOOD + "Solano,Luis,30/02/1990\n").encode(), 1, 1,
                                  ["imports.why.impossible_date", "imports.remedy.impossible_date"]),
    "a birth in the future": ((HEAD + GOOD + "Solano,Luis,17/05/2150\n").encode(), 1, 1,
                              ["imports.why.date_not_plausible", "imports.remedy.date_not_plausible"]),
    "a name with control characters": ((HEAD + GOOD + "Sol\x07ano,Luis,18/05/1990\n").encode(), 1, 1,
                                       ["imports.why.control_characters", "imports.remedy.control_characters"]),
    "a name of 500 letters": ((HEAD + GOOD + "S" * 500 + ",Luis,18/05/1990\n").encode(), 1, 1,
                              ["imports.why.too_long", "imports.remedy.too_long"]),
    "a formula": (workbook([["Surname", "Given names"], [('HYPERLINK("http://x.example","y")', "Rivera"), "Marta"]]), 1, 0,
                  ["sheets.formula"]),
}


class BadInput(world.FaultTest):

    def setUp(self):
        super().setUp()
        self.server = self.node("sqlite")
        self.server.start()

    def officer(self, language):
        client = self.server.client()
        self.assertEqual(client.ask("PATCH", "/api/session", {"language": language}).status, 200)
        return client

    def count(self, what):
        return int(world.query(self.server.database, f"SELECT count(*) FROM {what}")[0][0])

    def uploads(self):
        """Files of uploads that are under way."""
        return list(self.server.folder.rglob("rcms-upload-*"))

    def check_refused(self, answer, status, language, why, label=None):
        self.check_problem(answer, status)
        problem = answer.json()
        self.assertEqual(problem["title"], LABELS[language][f"refused.{why}"])
        if label:
            self.assertIn(said(language, label), problem["detail"])

    def test_a_table_that_cannot_be_read_is_refused_and_nothing_of_it_is_kept(self):
        why = {400: "malformed", 413: "too_large", 415: "unsupported_type"}
        before = self.count("imports"), self.count("case_files")
        for language in LANGUAGES:
            client = self.officer(language)
            for name, (content, status, label) in REFUSED.items():
                with self.subTest(table=name, language=language):
                    answer = client.ask("POST", "/api/imports?name=table.csv", content)
                    self.check_refused(answer, status, language, why[status], label)
        self.assertEqual((self.count("imports"), self.count("case_files")), before)
        self.assertEqual(self.uploads(), [])

    def test_a_table_with_defects_keeps_its_good_rows_and_tells_the_others(self):
        for language in LANGUAGES:
            client = self.officer(language)
            for name, (content, ready, defective, labels) in READ.items():
                with self.subTest(table=name, language=language):
                    self.check_table(client, language, content, ready, defective, labels)

    def check_table(self, client, language, content, ready, defective, labels):
        answer = client.ask("POST", "/api/imports?name=table.csv", content)
        self.assertEqual(answer.status, 201, answer.body[:300])
        table = answer.json()
        at = f"/api/imports/{table['id']}"
        mapped = client.ask("PUT", f"{at}/mapping", {"agreement": world.AGREEMENT, "mapping": table["mapping"]})
        heard = answer.body.decode()
        if mapped.status == 200:
            report = client.ask("POST", f"{at}/check")
            heard += report.body.decode()
            self.assertEqual(report.json()["ready"], ready, heard[:600])
            before = self.count("case_files")
            loaded = client.ask("POST", f"{at}/load").json()
            self.assertEqual((loaded["loaded"], loaded["refused"]), (ready, defective), heard[:600])
            self.assertEqual(self.count("case_files") - before, ready)
            if defective:
                sheet = client.ask("GET", f"{at}/errors?format=csv")
                self.assertEqual(sheet.status, 200, sheet.body[:300])
        else:
            self.assertEqual(ready, 0, mapped.body[:300])
        for label in labels:
            self.assertIn(said(language, label), heard)

    def test_a_form_with_impossible_values_is_refused_field_by_field_and_the_draft_stays(self):
        good = {"A_person": {"surname": "Rivera", "given_names": "Marta", "dob": "1990-05-17"}}
        bad = {
            "a day that no calendar has": ({"dob": "1990-02-30"}, "field_invalid", None),
            "a birth in the future": ({"dob": "2150-01-01"}, "field_invalid", "details.form_future"),
            "control characters": ({"surname": "Riv\u0007era"}, "field_invalid", "details.control_or_not_text"),
            "500 letters": ({"surname": "R" * 500}, "field_too_long", "details.form_long"),
        }
        for language in LANGUAGES:
            client = self.officer(language)
            made = client.ask("POST", "/api/cases", {"agreement": world.AGREEMENT, "content": good}).json()
            at = f"/api/cases/{made['id']}"
            for name, (change, why, label) in bad.items():
                with self.subTest(form=name, language=language):
                    answer = client.ask("PUT", f"{at}/content", {"content": {"A_person": {**good["A_person"], **change}}})
                    self.assertIn(answer.status, (400, 422), answer.body[:300])
                    problem = answer.json()
                    found = (problem["findings"] or [problem])[0]
                    self.assertEqual((found["field"], found["why"]), ("A_person." + next(iter(change)), why), problem)
                    self.assertEqual(found.get("title") or problem["title"], LABELS[language][f"refused.{why}"])
                    if label:
                        self.assertIn(said(language, label), found["detail"])
                    now = client.ask("GET", at).json()
                    self.assertEqual((now["revision"], now["content"]["A_person"]["surname"]), (made["revision"], "Rivera"))

    def test_a_program_that_is_called_pdf_is_not_attached(self):
        for language in LANGUAGES:
            client = self.officer(language)
            case = world.create_case(client, f"program-{language}").json()["id"]
            answer = client.ask("POST", f"/api/cases/{case}/attachments?name=passport.pdf&kind=passport", PROGRAM,
                                {"Content-Type": "application/pdf"})
            self.check_refused(answer, 415, language, "unsupported_type", "details.unwanted_program")
            self.assertEqual(client.ask("GET", f"/api/cases/{case}").json()["attachments"], [])
        self.assertEqual(self.uploads(), [])

    def test_a_stale_revision_is_refused_and_neither_version_is_lost(self):
        for language in LANGUAGES:
            client = self.officer(language)
            made = client.ask("POST", "/api/cases", {"agreement": world.AGREEMENT})
            at, tag = f"/api/cases/{made.json()['id']}/content", made.headers["ETag"]
            first = {"content": {"A_person": {"surname": "First"}}}
            second = {"content": {"A_person": {"surname": "Second"}}}
            self.assertEqual(client.ask("PUT", at, first, {"If-Match": tag}).status, 200)
            self.check_refused(client.ask("PUT", at, second, {"If-Match": tag}), 412, language, "stale_revision",
                               "details.changed_meanwhile")
            now = client.ask("GET", at.removesuffix("/content"))
            self.assertEqual(now.json()["content"]["A_person"]["surname"], "First")
            self.assertEqual(client.ask("PUT", at, second, {"If-Match": now.headers["ETag"]}).status, 200)

    def test_the_same_request_twice_has_one_effect(self):
        client = self.officer("en")
        before = self.count("case_files")
        answers = []

        def ask():
            answers.append(world.create_case(self.server.new_client(client.cookie), "twice"))

        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        self.assertEqual({answer.status for answer in answers}, {201})
        self.assertEqual(len({answer.json()["id"] for answer in answers}), 1)
        self.assertEqual(self.count("case_files") - before, 1)
        for language in LANGUAGES:
            other = self.officer(language).ask("POST", "/api/cases", {"agreement": "another"}, {"Idempotency-Key": "twice"})
            self.check_refused(other, 422, language, "field_invalid", "details.key_used")

    def test_a_session_that_ends_in_the_middle_of_a_form_loses_nothing_that_was_saved(self):
        for language in LANGUAGES:
            client = self.officer(language)
            made = client.ask("POST", "/api/cases", {"agreement": world.AGREEMENT})
            at = f"/api/cases/{made.json()['id']}/content"
            saved = client.ask("PUT", at, {"content": {"A_person": {"surname": "Saved"}}}, {"If-Match": made.headers["ETag"]})
            self.assertEqual(client.ask("DELETE", "/api/session").status, 204)
            self.server.cookies.clear()
            typed = {"content": {"A_person": {"surname": "Saved", "given_names": "Typed"}}}
            sent = {"If-Match": saved.headers["ETag"], "Accept-Language": language}
            self.check_refused(client.ask("PUT", at, typed, sent), 401, language, "not_signed_in", "details.sign_in_first")
            again = self.officer(language)
            self.assertEqual(again.ask("PUT", at, typed, sent).status, 200, "the same form, sent again, is taken")

    # ---- two gigabytes

    def memory_kb(self):
        """What the process has held at most."""
        status = Path(f"/proc/{self.server.process.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1])

    def stream(self, path, language, chunked):
        """Sends two gigabytes to the end or until the node closes; (bytes sent, seconds, head and body of the answer)."""
        block = b"x" * (1 << 20)
        kind = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {2 * GIGABYTE}"
        head = (f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{kind}\r\nX-RCMS-Request: 1\r\n"
                f"Cookie: {self.officer(language).cookie}\r\n\r\n").encode()
        framed = b"%x\r\n%s\r\n" % (len(block), block) if chunked else block
        began, sent, answer = time.monotonic(), 0, b""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=20) as line:
            line.sendall(head)
            try:
                while sent < 2 * GIGABYTE:
                    line.sendall(framed)
                    sent += len(block)
            except OSError:
                pass
            try:
                while piece := line.recv(1 << 16):
                    answer += piece
            except OSError:
                pass
        return sent, time.monotonic() - began, answer

    def test_two_gigabytes_are_refused_early_and_in_bounded_memory(self):
        case = world.create_case(self.officer("en"), "huge").json()["id"]
        self.officer("en").ask("POST", "/api/imports?name=table.csv", (HEAD + GOOD).encode())
        places = {"/api/imports?name=huge.csv": 50 << 20, f"/api/cases/{case}/attachments?name=huge.pdf&kind=passport": 20 << 20}
        before, imports = self.memory_kb(), self.count("imports")
        for language in LANGUAGES:
            for path, limit in places.items():
                for chunked in (False, True):
                    with self.subTest(path=path, chunked=chunked, language=language):
                        sent, seconds, answer = self.stream(path, language, chunked)
                        self.assertIn(b" 413 ", answer[:40], answer[:300])
                        self.assertIn(LABELS[language]["refused.too_large"].encode(), answer)
                        self.assertIn(said(language, "details.at_most_bytes").encode(), answer)
                        # What stands between the two in buffers counts as sent.
                        self.assertLess(sent, (limit if chunked else 0) + (32 << 20))
                        self.assertLess(seconds, 10)
        self.assertLess(self.memory_kb() - before, 64 * 1024, "kB more than before")
        self.assertEqual(self.uploads(), [])
        self.assertEqual(self.count("imports"), imports)
        client = self.server.client()
        self.assertEqual(client.ask("GET", f"/api/cases/{case}").json()["attachments"], [])


class KilledImport(world.FaultTest):
    rows = 3000

    def test_an_import_whose_server_is_killed_has_every_row_once_after_the_restart(self):
        for engine in self.engines:
            with self.subTest(engine=engine):
                self.kill_in_the_middle(engine)

    def kill_in_the_middle(self, engine):
        node = self.node(engine, f"import-{engine}")
        node.start()
        client = node.client()
        table = HEAD + "".join(f"Import,Person {number},{'30/02/1990' if number % 100 == 7 else '17/05/1990'}\n"
                               for number in range(self.rows))
        made = client.ask("POST", "/api/imports?name=table.csv", table.encode()).json()
        at = f"/api/imports/{made['id']}"
        self.assertEqual(client.ask("PUT", f"{at}/mapping", {"agreement": world.AGREEMENT, "mapping": made["mapping"]}).status,
                         200)
        before = self.cases(node)
        loading = threading.Thread(target=self.load, args=(node, client.cookie, at), daemon=True)
        loading.start()
        self.wait_for(lambda: self.cases(node) > before, 20, "the first rows")
        node.kill()
        loading.join(20)
        reached = self.cases(node) - before
        self.assertLess(reached, self.rows - 30, "the import was over before the server was killed")
        node.start()
        client = node.client()
        self.wait_for(lambda: client.ask("GET", at).json()["state"] == "loaded", 90, "the import to go on by itself")
        told = client.ask("GET", at).json()
        self.assertEqual((told["loaded"], told["refused"]), (self.rows - 30, 30))
        self.assertEqual(self.cases(node) - before, self.rows - 30)
        self.assertEqual(node.end(), 0)
        self.check_never(node.database)

    def cases(self, node):
        return int(world.query(node.database, "SELECT count(*) FROM case_files WHERE side = 'requesting'")[0][0])

    def load(self, node, cookie, at):
        try:
            world.Client(node.port, cookie).ask("POST", f"{at}/load", timeout_s=60)
        except (OSError, world.http.client.HTTPException):
            pass


if __name__ == "__main__":
    unittest.main()
