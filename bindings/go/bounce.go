// SPDX-License-Identifier: ISC

// A report from Go, through cgo:
//
//	CGO_CFLAGS=$(pkg-config --cflags libndr) \
//	CGO_LDFLAGS=$(pkg-config --libs libndr) go run bounce.go
package main

/*
#include <libndr/ndr.h>
#include <stdint.h>
#include <stdlib.h>

extern int goSink(uintptr_t user, char *octets, size_t length);

static int sink(void *user, const char *octets, size_t length)
{
    return goSink((uintptr_t) user, (char *) octets, length);
}

// A handle of Go is a number, which the library hands back.
static int write_report(ndr_report *report, uintptr_t user)
{
    return ndr_report_write(report, sink, (void *) user);
}
*/
import "C"

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/cgo"
	"time"
	"unsafe"
)

const original = `From: Jane Doe <jane@example.com>
To: Joe Bloggs <joe.bloggs@contoso.com>
Subject: Spring planning
Date: Tue, 24 Nov 2026 16:05:11 +0100
Message-ID: <77@desk7.example.com>

See you on Thursday?
`

var errNothingDue = errors.New("nothing is due")

// text calls with the octets of a string, which the library copies.
func text(value string, call func(octets *C.char, length C.size_t)) {
	octets := C.CString(value)
	defer C.free(unsafe.Pointer(octets))
	call(octets, C.size_t(len(value)))
}

// writer remembers what its writer said: no error can pass through C.
type writer struct {
	to  io.Writer
	err error
}

//export goSink
func goSink(user C.uintptr_t, octets *C.char, length C.size_t) C.int {
	to := cgo.Handle(user).Value().(*writer)
	_, to.err = to.to.Write(C.GoBytes(unsafe.Pointer(octets), C.int(length)))
	if to.err != nil {
		return -1000
	}
	return 0
}

// writeReport writes the whole message.
func writeReport(report *C.ndr_report, to io.Writer) error {
	sink := &writer{to: to}
	handle := cgo.NewHandle(sink)
	defer handle.Delete()
	code := C.write_report(report, C.uintptr_t(handle))
	detail := C.GoString(C.ndr_report_error_detail(report))
	switch {
	case sink.err != nil:
		return sink.err
	case code == C.NDR_NOTHING_DUE:
		return fmt.Errorf("%w: %s", errNothingDue, detail)
	case code != C.NDR_OK:
		return fmt.Errorf("%s: %s", C.GoString(C.ndr_error_name(code)), detail)
	}
	return nil
}

func bounce(to io.Writer) error {
	// once for each server
	var profile *C.ndr_profile
	C.ndr_profile_new(&profile, nil)
	defer C.ndr_profile_free(profile)
	text("mail1.example.com", func(octets *C.char, length C.size_t) {
		C.ndr_profile_set_generating_server(profile, octets, length)
	})
	C.ndr_profile_set_html(profile, C.NDR_HTML_OFF)

	// once for each message that failed; the original is borrowed, so it is in
	// memory of C until the report is freed
	borrowed := C.CBytes([]byte(original))
	defer C.free(borrowed)
	var report *C.ndr_report
	C.ndr_report_new(&report, profile)
	defer C.ndr_report_free(report)
	text("jane@example.com", func(octets *C.char, length C.size_t) {
		C.ndr_report_set_sender(report, octets, length)
	})
	date := time.Date(2026, 11, 24, 17, 5, 18, 0, time.FixedZone("", 3600))
	_, east := date.Zone()
	C.ndr_report_set_date(report, C.int64_t(date.Unix()), C.int32_t(east/60))
	text("4d3F7c0z2Wz1xq", func(octets *C.char, length C.size_t) { // queue id
		C.ndr_report_set_seed(report, octets, length)
	})
	C.ndr_report_borrow_original(report, borrowed, C.size_t(len(original)))

	// once for each recipient that failed
	var joe *C.ndr_recipient
	text("joe.bloggs@contoso.com", func(octets *C.char, length C.size_t) {
		joe = C.ndr_report_add_recipient(report, octets, length)
	})
	text("mail.contoso.com", func(octets *C.char, length C.size_t) {
		C.ndr_recipient_set_remote_server(joe, octets, length, nil, 0)
	})
	text("550 5.1.1 User unknown", func(octets *C.char, length C.size_t) {
		C.ndr_recipient_set_reply(joe, octets, length)
	})

	// all errors so far are here
	return writeReport(report, to)
}

func main() {
	if err := bounce(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
