-- Who has not sent what was expected? (of the list given to 'sohoa expect')
select unit_name, source, kind, year, state
from v_submission_gap
where state <> 'received'
order by expected_no
