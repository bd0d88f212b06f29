#!/usr/bin/env perl
# SPDX-License-Identifier: ISC
#
# A report from Perl, through FFI::Platypus. NDR_LIBRARY names the library, if
# the system does not find it.
use strict;
use warnings;

use FFI::CheckLib qw(find_lib);
use FFI::Platypus 2.00;

my $original = <<'END';
From: Jane Doe <jane@example.com>
To: Joe Bloggs <joe.bloggs@contoso.com>
Subject: Spring planning
Date: Tue, 24 Nov 2026 16:05:11 +0100
Message-ID: <77@desk7.example.com>

See you on Thursday?
END

my $ffi = FFI::Platypus->new(
    api => 2,
    lib => $ENV{NDR_LIBRARY} // find_lib(lib => 'ndr-report')
        // die "libndr-report was not found; set NDR_LIBRARY to its path\n",
);

# The calls that this program makes: name, arguments, result. A text is its
# octets and their length; undef is the default.
my @calls = (
    [ndr_profile_new => ['opaque*', 'opaque'] => 'int'],
    [ndr_profile_set_generating_server =>
            ['opaque', 'string', 'size_t'] => 'int'],
    [ndr_profile_set_html => ['opaque', 'int'] => 'int'],
    [ndr_profile_free => ['opaque'] => 'void'],
    [ndr_report_new => ['opaque*', 'opaque'] => 'int'],
    [ndr_report_set_sender => ['opaque', 'string', 'size_t'] => 'int'],
    [ndr_report_set_date => ['opaque', 'sint64', 'sint32'] => 'int'],
    [ndr_report_set_seed => ['opaque', 'string', 'size_t'] => 'int'],
    [ndr_report_borrow_original => ['opaque', 'opaque', 'size_t'] => 'int'],
    [ndr_report_add_recipient => ['opaque', 'string', 'size_t'] => 'opaque'],
    [ndr_recipient_set_remote_server =>
            ['opaque', 'string', 'size_t', 'string', 'size_t'] => 'int'],
    [ndr_recipient_set_reply => ['opaque', 'string', 'size_t'] => 'int'],
    [ndr_report_write => ['opaque', '(opaque,opaque,size_t)->int', 'opaque'] =>
            'int'],
    [ndr_report_error_detail => ['opaque'] => 'string'],
    [ndr_report_free => ['opaque'] => 'void'],
);
$ffi->attach(@$_) for @calls;

# once for each server
ndr_profile_new(\my $profile, undef) == 0 or die "out of memory\n";
ndr_profile_set_generating_server($profile, text('mail1.example.com'));
ndr_profile_set_html($profile, 0);

# once for each message that failed; $original lives as long as the report
ndr_report_new(\my $report, $profile) == 0 or die "out of memory\n";
ndr_report_set_sender($report, text('jane@example.com'));
ndr_report_set_date($report, 1795536318, 60);
ndr_report_set_seed($report, text('4d3F7c0z2Wz1xq'));    # queue id
ndr_report_borrow_original($report,
    unpack('J', pack('p', $original)), length $original);

# once for each recipient that failed
my $joe = ndr_report_add_recipient($report, text('joe.bloggs@contoso.com'));
ndr_recipient_set_remote_server($joe, text('mail.contoso.com'), undef, 0);
ndr_recipient_set_reply($joe, text('550 5.1.1 User unknown'));

# All errors so far are here. What the sink dies of is told after the call:
# nothing may leave it.
binmode STDOUT;
my $trouble;
my $sink = $ffi->closure(sub {
    my (undef, $octets, $length) = @_;
    my $piece = unpack "P$length", pack 'J', $octets;
    return eval { print($piece) or die "cannot write: $!\n"; 1 }
        ? 0 : do { $trouble = $@; -1000 };
});
my $error = ndr_report_write($report, $sink, undef);
my $detail = $trouble // ndr_report_error_detail($report);
ndr_report_free($report);
ndr_profile_free($profile);
die "$detail\n" if $error != 0;

sub text {
    my ($text) = @_;
    utf8::encode($text);
    return ($text, length $text);
}
